"""Letters of JIESU_SHARED that light a button and tell of a real danger: a person would not call that a false alarm."""

BEATEN = "somebody was beaten, as the letter tells"
FIRE = "a fire is told of"
PETITION = "people announce that they go to petition in a body"
DESPAIR = "the writer says that he wants to die"
LIFT = "people were locked in a lift"
THEFT = "a theft or burglary is told of"

REAL = {
    "26255": DESPAIR,
    "247713": "the writer was told that he would be killed, and wants to die",
    "43823": BEATEN,
    "62956": BEATEN,
    "78240": BEATEN,
    "195845": "a guard threatens to beat",
    "191996": BEATEN,
    "189113": BEATEN,
    "218844": BEATEN,
    "239102": BEATEN,
    "242057": BEATEN,
    "243377": BEATEN,
    "214121": "torture and loss of blood are told of",
    "137103": PETITION,
    "219699": PETITION,
    "285102": PETITION,
    "190218": "a child fell to death, a crowd demands an answer",
    "249892": "a crowd blockades an office",
    "208069": FIRE,
    "213906": FIRE,
    "219852": FIRE,
    "231942": LIFT,
    "263841": LIFT,
    "246891": "a car ran into children",
    "205611": THEFT,
    "255228": THEFT,
    "23419": "an abduction is planned, as the letter tells",
    "230269": PETITION,
    "238461": "a crowd of parents demands an answer at the school",
    "245645": BEATEN,
    "247654": PETITION,
    "250764": PETITION,
    "252212": "an official threatens to kill",
    "256887": "a woman is beaten and dragged away just now",
    "261960": "smoke fills a stairway every day",
    "264142": BEATEN,
    "265093": BEATEN,
    "284764": PETITION,
    "288844": "owners threaten to march and to jump",
    "207911": "a house was torn down over people",
    "249301": "people are held inside",
}
"""Row id: why a person would call it a danger."""
