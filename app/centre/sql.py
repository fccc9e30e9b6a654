"""The statements of the hot path, for asyncpg."""

CLAIM = """
SELECT c.team, c.id, c.instance, c.last_seq, c.is_lead FROM console c
JOIN unnest($1::text[], $2::uuid[]) AS w(team, id) ON c.team = w.team AND c.id = w.id
ORDER BY c.team, c.id FOR UPDATE OF c
"""

ADVANCE = """
UPDATE console c SET last_seq = w.seq FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS w(team, id, seq)
WHERE c.team = w.team AND c.id = w.id
"""

LOG = """
INSERT INTO change (team, epoch, xid, console, seq, op_id, kind, entity, at, body)
SELECT w.team, $1, pg_current_xact_id(), w.console, w.seq, w.op_id, w.kind, w.entity, w.at, w.body
FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::uuid[], $6::text[], $7::text[], $8::float8[], $9::text[])
  AS w(team, console, seq, op_id, kind, entity, at, body)
ON CONFLICT (team, op_id) DO NOTHING
"""

# sorted, so that two writers lock the same tickets in the same order; of two saves the greater (wire.precedence) stands
TICKETS = """
INSERT INTO ticket AS t (team, id, number, stage, version, saved_at, created_at, agent, console, body)
SELECT DISTINCT ON (w.team, w.id) w.*
FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::float8[], $7::float8[],
  $8::text[], $9::uuid[], $10::text[])
  AS w(team, id, number, stage, version, saved_at, created_at, agent, console, body)
ORDER BY w.team, w.id, w.version DESC, w.saved_at DESC, w.agent COLLATE "C" DESC
ON CONFLICT (team, id) DO UPDATE SET number = COALESCE(EXCLUDED.number, t.number), stage = EXCLUDED.stage,
  version = EXCLUDED.version, saved_at = EXCLUDED.saved_at, created_at = EXCLUDED.created_at, agent = EXCLUDED.agent,
  console = EXCLUDED.console, body = EXCLUDED.body
WHERE (EXCLUDED.version, EXCLUDED.saved_at, EXCLUDED.agent) > (t.version, t.saved_at, t.agent)
"""

CALLS = """
INSERT INTO call (team, call, direction, rang_at, answered_at, ended_at, agent)
SELECT DISTINCT ON (w.team, w.call) w.*
FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[], $6::float8[], $7::text[])
  AS w(team, call, direction, rang_at, answered_at, ended_at, agent)
ORDER BY w.team, w.call, w.ended_at DESC
ON CONFLICT (team, call) DO UPDATE SET direction = EXCLUDED.direction, rang_at = EXCLUDED.rang_at,
  answered_at = EXCLUDED.answered_at, ended_at = EXCLUDED.ended_at, agent = EXCLUDED.agent
"""

# one press is told several times: dialling, answered, ended; the last telling of the batch stands
EMERGENCIES = """
INSERT INTO emergency (team, call, line, pressed_at, route, pressed_by, outcome)
SELECT DISTINCT ON (w.team, w.call, w.line, w.pressed_at)
  w.team, w.call, w.line, w.pressed_at, w.route, w.pressed_by, w.outcome
FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::text[], $6::text[], $7::text[])
  WITH ORDINALITY AS w(team, call, line, pressed_at, route, pressed_by, outcome, place)
ORDER BY w.team, w.call, w.line, w.pressed_at, w.place DESC
ON CONFLICT (team, call, line, pressed_at) DO UPDATE SET route = EXCLUDED.route, outcome = EXCLUDED.outcome
"""

REFUSE = """
INSERT INTO refusal (team, console, seq, op_id, kind, entity, at, body, reason)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::text[],
  $9::text[])
ON CONFLICT DO NOTHING
"""

KNOWN = "SELECT op_id::text FROM change WHERE team = $1 AND op_id = ANY($2::uuid[])"
KNOWN_REFUSED = "SELECT op_id, seq, reason FROM refusal WHERE team = $1 AND console = $2 AND seq = ANY($3::bigint[])"

# a change is shown only when no older transaction can still add one before it: nobody's cursor may step over a late commit
PULL = """
SELECT epoch, xid::text AS xid, console::text AS console, seq, op_id::text AS op_id, kind, entity, at,
  CASE WHEN $6::text[] IS NULL OR kind = ANY($6) THEN body END AS body
FROM change
WHERE team = $1 AND (epoch, xid, console, seq) > ($2::int, $3::text::xid8, $4::uuid, $5::bigint)
  AND (epoch < $7 OR xid < pg_snapshot_xmin(pg_current_snapshot()))
ORDER BY team, epoch, xid, console, seq LIMIT $8
"""

HEAD = """
SELECT epoch, xid::text AS xid, console::text AS console, seq FROM change
WHERE team = $1 AND epoch = $2 AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY team DESC, epoch DESC, xid DESC, console DESC, seq DESC LIMIT 1
"""
