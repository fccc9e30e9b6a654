<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AgentBar</name>
    <message>
        <source>Telephone line</source>
        <translation>电话线路</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>耳麦</translation>
    </message>
    <message>
        <source>Speech recognition</source>
        <translation>语音识别</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>My state: {0} {1}</source>
        <translation>我的状态：{0} {1}</translation>
    </message>
    <message>
        <source>{0}: {1}. It changes only by you.</source>
        <translation>{0}：{1}。状态只由您本人更改。</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>无通话</translation>
    </message>
    <message>
        <source>{0}: up</source>
        <translation>{0}：正常</translation>
    </message>
    <message>
        <source>{0}: down</source>
        <translation>{0}：中断</translation>
    </message>
    <message>
        <source>Line up</source>
        <translation>线路正常</translation>
    </message>
    <message>
        <source>Line down</source>
        <translation>线路中断</translation>
    </message>
    <message>
        <source>Practice line</source>
        <translation>练习线路</translation>
    </message>
    <message>
        <source>No line</source>
        <translation>无线路</translation>
    </message>
    <message>
        <source>Console {0}, last sync {1}</source>
        <translation>坐席终端 {0}，上次同步 {1}</translation>
    </message>
    <message>
        <source>Synced</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>Sending {0}</source>
        <translation>上传中 {0} 项</translation>
    </message>
    <message>
        <source>Offline, {0} waiting</source>
        <translation>离线，{0} 项待上传</translation>
    </message>
    <message>
        <source>No headset</source>
        <translation>无耳麦</translation>
    </message>
    <message>
        <source>MUTED</source>
        <translation>已静音</translation>
    </message>
    <message>
        <source>Headset on</source>
        <translation>耳麦正常</translation>
    </message>
    <message>
        <source>Listening: {0}, model {1}</source>
        <translation>正在识别：{0}，模型 {1}</translation>
    </message>
    <message>
        <source>Nothing listens</source>
        <translation>未启用识别</translation>
    </message>
    <message>
        <source>DO NOT DISTURB: callers are refused</source>
        <translation>免打扰：来电一律拒绝</translation>
    </message>
    <message>
        <source>Keys and lamps: {0}</source>
        <translation>按键与指示灯：{0}</translation>
    </message>
    <message>
        <source>Not checked in this shift: Ctrl+Shift+H</source>
        <translation>本班尚未检查：Ctrl+Shift+H</translation>
    </message>
    <message>
        <source>All commands</source>
        <translation>全部命令</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>Microphone dead</source>
        <translation>麦克风无声</translation>
    </message>
</context>
<context>
    <name>AgentsBoard</name>
    <message>
        <source>Agents</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>For</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Agents: {0} signed on</source>
        <translation>坐席：在岗 {0} 人</translation>
    </message>
    <message>
        <source>{0}, no contact</source>
        <translation>{0}，失去联系</translation>
    </message>
    <message>
        <source>{0}, in a call</source>
        <translation>{0}，通话中</translation>
    </message>
    <message>
        <source>⚠ Consoles not synchronised: {0}</source>
        <translation>⚠ 未同步终端：{0} 台</translation>
    </message>
    <message>
        <source>✓ All consoles synchronised</source>
        <translation>✓ 全部终端已同步</translation>
    </message>
    <message>
        <source>Agents who are being abused</source>
        <translation>正遭受辱骂骚扰的坐席</translation>
    </message>
    <message>
        <source>⚠ {0}: {1} {2}, {3} ago</source>
        <translation>⚠ {0}：{1} {2}，{3} 前</translation>
    </message>
    <message>
        <source>{0}, LOST: paused</source>
        <translation>{0}，失联：已暂停派话</translation>
    </message>
    <message>
        <source>not taken: {0}</source>
        <translation>未接：{0}</translation>
    </message>
    <message>
        <source>⚠ not in the queue</source>
        <translation>⚠ 未进入排队</translation>
    </message>
    <message>
        <source>{0} unsent</source>
        <translation>{0} 条未上传</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Text of the answer</source>
        <translation>知识点全文</translation>
    </message>
    <message>
        <source>Back to the list (Esc)</source>
        <translation>返回列表（Esc）</translation>
    </message>
    <message>
        <source>Use this answer (Enter)</source>
        <translation>采用此答案（回车）</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>No call</source>
        <translation>无通话</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>拨号键</translation>
    </message>
    <message>
        <source>Three-way</source>
        <translation>三方</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>转接</translation>
    </message>
    <message>
        <source>Dial</source>
        <translation>拨号</translation>
    </message>
    <message>
        <source>Waiting for calls</source>
        <translation>等待来电</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>呼出</translation>
    </message>
    <message>
        <source>keys {0}</source>
        <translation>按键 {0}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>Consult</source>
        <translation>咨询</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>驻留</translation>
    </message>
    <message>
        <source>Redial</source>
        <translation>重拨</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>接续前一通话</translation>
    </message>
</context>
<context>
    <name>CallRows</name>
    <message>
        <source>+ {0} · {1} {2}</source>
        <translation>+ {0} · {1} {2}</translation>
    </message>
    <message>
        <source>Consult {0} · {1}{2}</source>
        <translation>咨询 {0} · {1}{2}</translation>
    </message>
    <message>
        <source>+ {0} · hears you all{1}</source>
        <translation>+ {0} · 多方通话中{1}</translation>
    </message>
    <message>
        <source>Parked {0}{1}</source>
        <translation>已驻留 {0}{1}</translation>
    </message>
    <message>
        <source>Parked at {1}: {0}</source>
        <translation>驻留在 {1}：{0}</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Turn to</source>
        <translation>切换</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>取回</translation>
    </message>
</context>
<context>
    <name>ChoiceField</name>
    <message>
        <source>{0} (not there now)</source>
        <translation>{0}（当前不可用）</translation>
    </message>
</context>
<context>
    <name>ClaimField</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>ClickDial</name>
    <message>
        <source>Dial {0}</source>
        <translation>拨打 {0}</translation>
    </message>
    <message>
        <source>Consult {0}</source>
        <translation>咨询 {0}</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>紧急热线</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>语音播报</translation>
    </message>
    <message>
        <source>My state</source>
        <translation>我的状态</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>跳转</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Hold or resume</source>
        <translation>保持/恢复</translation>
    </message>
    <message>
        <source>Mute or unmute</source>
        <translation>静音/取消静音</translation>
    </message>
    <message>
        <source>Three-way call…</source>
        <translation>三方通话…</translation>
    </message>
    <message>
        <source>Transfer…</source>
        <translation>转接…</translation>
    </message>
    <message>
        <source>Dial…</source>
        <translation>拨号…</translation>
    </message>
    <message>
        <source>Keypad…</source>
        <translation>拨号键…</translation>
    </message>
    <message>
        <source>Next call</source>
        <translation>下一路通话</translation>
    </message>
    <message>
        <source>End the added party</source>
        <translation>结束第三方</translation>
    </message>
    <message>
        <source>Show the whole number</source>
        <translation>显示完整号码</translation>
    </message>
    <message>
        <source>110 Police, at once</source>
        <translation>110 公安，立即接通</translation>
    </message>
    <message>
        <source>119 Fire, at once</source>
        <translation>119 消防，立即接通</translation>
    </message>
    <message>
        <source>120 Ambulance, at once</source>
        <translation>120 急救，立即接通</translation>
    </message>
    <message>
        <source>122 Traffic accident, at once</source>
        <translation>122 交通事故，立即接通</translation>
    </message>
    <message>
        <source>Undo the emergency call</source>
        <translation>撤销紧急呼叫</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation>派单</translation>
    </message>
    <message>
        <source>Answered on call</source>
        <translation>直接答复</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>Confirm the unsure field</source>
        <translation>确认待核实字段</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>新建工单</translation>
    </message>
    <message>
        <source>Discard the draft…</source>
        <translation>放弃草稿…</translation>
    </message>
    <message>
        <source>Ticket number to the caller</source>
        <translation>向来电人播报工单号</translation>
    </message>
    <message>
        <source>Ticket number to me</source>
        <translation>仅向我播报工单号</translation>
    </message>
    <message>
        <source>A sentence…</source>
        <translation>播报语句…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>示闲</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>示忙</translation>
    </message>
    <message>
        <source>On break</source>
        <translation>小休</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>话后处理</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>签出</translation>
    </message>
    <message>
        <source>History of the caller</source>
        <translation>来电历史</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>通话文字</translation>
    </message>
    <message>
        <source>Search the knowledge base</source>
        <translation>检索知识库</translation>
    </message>
    <message>
        <source>Ticket form</source>
        <translation>工单表单</translation>
    </message>
    <message>
        <source>Dispatch to a unit</source>
        <translation>派单单位</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>提示信息</translation>
    </message>
    <message>
        <source>Ticket table</source>
        <translation>工单列表</translation>
    </message>
    <message>
        <source>Wallboard</source>
        <translation>大屏</translation>
    </message>
    <message>
        <source>Practice calls</source>
        <translation>练习来电</translation>
    </message>
    <message>
        <source>Stop the practice call</source>
        <translation>停止练习来电</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Consult…</source>
        <translation>咨询…</translation>
    </message>
    <message>
        <source>Complete the transfer</source>
        <translation>完成转接</translation>
    </message>
    <message>
        <source>Back to the caller</source>
        <translation>返回来电人</translation>
    </message>
    <message>
        <source>Join all parties</source>
        <translation>合并各方通话</translation>
    </message>
    <message>
        <source>Park or take back</source>
        <translation>驻留或取回</translation>
    </message>
    <message>
        <source>Redial</source>
        <translation>重拨</translation>
    </message>
    <message>
        <source>Ring back</source>
        <translation>回拨</translation>
    </message>
    <message>
        <source>Missed calls…</source>
        <translation>未接来电…</translation>
    </message>
    <message>
        <source>Directory…</source>
        <translation>通讯录…</translation>
    </message>
    <message>
        <source>Pause or resume the recording</source>
        <translation>暂停或继续录音</translation>
    </message>
    <message>
        <source>Line quality…</source>
        <translation>通话质量…</translation>
    </message>
    <message>
        <source>Civility notice</source>
        <translation>文明提醒</translation>
    </message>
    <message>
        <source>End the call by rule</source>
        <translation>按规定结束通话</translation>
    </message>
    <message>
        <source>110 Police, hand over</source>
        <translation>110 公安，直接移交</translation>
    </message>
    <message>
        <source>119 Fire, hand over</source>
        <translation>119 消防，直接移交</translation>
    </message>
    <message>
        <source>120 Ambulance, hand over</source>
        <translation>120 急救，直接移交</translation>
    </message>
    <message>
        <source>122 Traffic accident, hand over</source>
        <translation>122 交通事故，直接移交</translation>
    </message>
    <message>
        <source>Silent alert</source>
        <translation>静默报警</translation>
    </message>
    <message>
        <source>Hand-off card</source>
        <translation>警情交接卡</translation>
    </message>
    <message>
        <source>Read the card to the operator, or stop</source>
        <translation>向接警员播报交接卡/停止</translation>
    </message>
    <message>
        <source>Play the sentence again</source>
        <translation>重放这句话</translation>
    </message>
    <message>
        <source>Do not disturb, on or off</source>
        <translation>免打扰，开/关</translation>
    </message>
    <message>
        <source>Listen to the agent chosen</source>
        <translation>监听所选坐席</translation>
    </message>
    <message>
        <source>Whisper to the agent chosen</source>
        <translation>向所选坐席耳语</translation>
    </message>
    <message>
        <source>Barge in on the agent chosen</source>
        <translation>强插所选坐席的通话</translation>
    </message>
    <message>
        <source>Headset check…</source>
        <translation>耳麦班前检查…</translation>
    </message>
    <message>
        <source>Seal the evidence of this call</source>
        <translation>封存本次通话的证据</translation>
    </message>
    <message>
        <source>Sealed evidence…</source>
        <translation>已封存的证据…</translation>
    </message>
    <message>
        <source>A lead&apos;s word on this number…</source>
        <translation>班长对该号码的标注…</translation>
    </message>
    <message>
        <source>Do not ring back</source>
        <translation>不回拨</translation>
    </message>
    <message>
        <source>Warn the team lead of a risk</source>
        <translation>向班长预警</translation>
    </message>
    <message>
        <source>Take what was heard since</source>
        <translation>采用之后听到的内容</translation>
    </message>
    <message>
        <source>Search the words of the call</source>
        <translation>查找通话文字</translation>
    </message>
    <message>
        <source>Correct the sentence</source>
        <translation>更正这句话</translation>
    </message>
    <message>
        <source>Undo the repair</source>
        <translation>撤销自动订正</translation>
    </message>
    <message>
        <source>Export transcript and ticket…</source>
        <translation>导出通话文字和工单…</translation>
    </message>
    <message>
        <source>See and hear the words of this field</source>
        <translation>查看并收听该字段的原话</translation>
    </message>
    <message>
        <source>Read the number back</source>
        <translation>复述号码</translation>
    </message>
    <message>
        <source>Stop what is being said, or say what was left unsaid</source>
        <translation>停止播报，或补播未播出的话</translation>
    </message>
    <message>
        <source>Eyes-free work, on or off</source>
        <translation>免视操作，开或关</translation>
    </message>
    <message>
        <source>Write down what is said, or no more</source>
        <translation>转写文字，开或关</translation>
    </message>
    <message>
        <source>What was verified</source>
        <translation>核实情况</translation>
    </message>
</context>
<context>
    <name>DeskView</name>
    <message>
        <source>Discard what is written on this ticket?</source>
        <translation>放弃本工单已填写的内容？</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>“{0}” was heard. Is nobody in danger?</source>
        <translation>听到“{0}”。确认没有人遇险吗？</translation>
    </message>
    <message>
        <source>Nobody is in danger</source>
        <translation>没有人遇险</translation>
    </message>
</context>
<context>
    <name>DialDialog</name>
    <message>
        <source>Tones sent</source>
        <translation>已发送按键</translation>
    </message>
    <message>
        <source>&amp;Number</source>
        <translation>号码(&amp;N)</translation>
    </message>
    <message>
        <source>Done (Esc)</source>
        <translation>完成（Esc）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>⚠ This is not a number. Allowed: 2 to 32 digits, * and #, + at the start</source>
        <translation>⚠ 号码无效。允许：2 至 32 位数字、* 和 #，开头可用 +</translation>
    </message>
    <message>
        <source>Key {0}</source>
        <translation>按键 {0}</translation>
    </message>
</context>
<context>
    <name>DialPurpose</name>
    <message>
        <source>Dial a number</source>
        <translation>拨打号码</translation>
    </message>
    <message>
        <source>Transfer the caller</source>
        <translation>转接来电人</translation>
    </message>
    <message>
        <source>Bring in a third party</source>
        <translation>邀请第三方</translation>
    </message>
    <message>
        <source>Send tones</source>
        <translation>发送按键音</translation>
    </message>
    <message>
        <source>The call goes out through the exchange.</source>
        <translation>通过交换机呼出。</translation>
    </message>
    <message>
        <source>The caller goes to this number and leaves you.</source>
        <translation>来电人转至该号码，您退出通话。</translation>
    </message>
    <message>
        <source>You, the caller and this number hear each other.</source>
        <translation>您、来电人与该号码三方互通。</translation>
    </message>
    <message>
        <source>Every key is sent into the call at once.</source>
        <translation>每按一键立即发送到通话中。</translation>
    </message>
    <message>
        <source>Dial (Enter)</source>
        <translation>拨打（回车）</translation>
    </message>
    <message>
        <source>Transfer (Enter)</source>
        <translation>转接（回车）</translation>
    </message>
    <message>
        <source>Bring in (Enter)</source>
        <translation>邀请（回车）</translation>
    </message>
    <message>
        <source>Consult somebody</source>
        <translation>咨询他人</translation>
    </message>
    <message>
        <source>Take a parked caller back</source>
        <translation>取回驻留的来电人</translation>
    </message>
    <message>
        <source>The caller waits and hears the hold tone while you ask.</source>
        <translation>您咨询时，来电人听保持音等候。</translation>
    </message>
    <message>
        <source>The parking number that the exchange said in your headset.</source>
        <translation>交换机在耳麦里报出的驻留号码。</translation>
    </message>
    <message>
        <source>Consult (Enter)</source>
        <translation>咨询（回车）</translation>
    </message>
    <message>
        <source>Take back (Enter)</source>
        <translation>取回（回车）</translation>
    </message>
</context>
<context>
    <name>DirectoryDialog</name>
    <message>
        <source>Directory</source>
        <translation>通讯录</translation>
    </message>
    <message>
        <source>Search the directory</source>
        <translation>查找通讯录</translation>
    </message>
    <message>
        <source>Name, first letters, unit or number</source>
        <translation>姓名、拼音首字母、单位或号码</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>&amp;Bring in</source>
        <translation>三方通话(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Transfer</source>
        <translation>转接(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Consult</source>
        <translation>咨询(&amp;C)</translation>
    </message>
    <message>
        <source>Dial (Enter)</source>
        <translation>拨打（回车）</translation>
    </message>
    <message>
        <source>{0} of {1} contacts</source>
        <translation>显示 {0} / 共 {1} 个联系人</translation>
    </message>
    <message>
        <source>The directory is empty. Settings, telephone: file of the directory.</source>
        <translation>通讯录为空。请在“设置 → 电话线路”中填写通讯录文件。</translation>
    </message>
    <message>
        <source>⚠ {0} lines of the file were left out: {1}</source>
        <translation>⚠ 文件中有 {0} 行未采用：{1}</translation>
    </message>
    <message>
        <source>line {0}: no name</source>
        <translation>第 {0} 行：缺少名称</translation>
    </message>
    <message>
        <source>line {0}: not a number</source>
        <translation>第 {0} 行：不是有效号码</translation>
    </message>
    <message>
        <source>line {0}: name,number,unit,note is wanted</source>
        <translation>第 {0} 行：应为 名称,号码,单位,备注</translation>
    </message>
    <message>
        <source>line {0}: cannot be read, nor what follows</source>
        <translation>第 {0} 行起无法读取</translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation>文件无法读取</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>DispatchPanel</name>
    <message>
        <source>Dispatch to</source>
        <translation>派单至</translation>
    </message>
    <message>
        <source>Units that may be responsible</source>
        <translation>可能的承办单位</translation>
    </message>
    <message>
        <source>Dispatch to: {0}</source>
        <translation>派单至：{0}</translation>
    </message>
    <message>
        <source>Filter the units</source>
        <translation>筛选承办单位</translation>
    </message>
    <message>
        <source>Filter units</source>
        <translation>筛选单位</translation>
    </message>
    <message>
        <source>✓ {0} (chosen)</source>
        <translation>✓ {0}（已选）</translation>
    </message>
    <message>
        <source>Matter: {0}</source>
        <translation>事项：{0}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Place: {0}</source>
        <translation>属地：{0}</translation>
    </message>
    <message>
        <source>answers for the area when no unit is known</source>
        <translation>单位不明时属地兜底</translation>
    </message>
    <message>
        <source>Phone: {0}</source>
        <translation>电话：{0}</translation>
    </message>
    <message>
        <source>No word of the request points to it</source>
        <translation>诉求中没有指向该单位的依据</translation>
    </message>
    <message>
        <source>{0} “{1}”</source>
        <translation>{0}“{1}”</translation>
    </message>
    <message>
        <source>Dispatch twice: police and local party and government · review · {0}</source>
        <translation>双派单：公安和属地党委政府 · 须复核 · {0}</translation>
    </message>
</context>
<context>
    <name>EmergencyBar</name>
    <message>
        <source>Emergency lines</source>
        <translation>紧急热线</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>紧急热线</translation>
    </message>
</context>
<context>
    <name>EmergencyCell</name>
    <message>
        <source>End the call to {0}</source>
        <translation>结束与 {0} 的通话</translation>
    </message>
    <message>
        <source>Calls {0} at once and keeps the caller on the line ({1})</source>
        <translation>立即呼叫 {0}，来电人保持在线（{1}）</translation>
    </message>
    <message>
        <source>Undo {0} · {1} s · {2}</source>
        <translation>撤销 {0} · {1} 秒 · {2}</translation>
    </message>
    <message>
        <source>⚠ failed: {0}. Press again</source>
        <translation>⚠ 未接通：{0}，请再按一次</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>► because “{0}”</source>
        <translation>► 因“{0}”</translation>
    </message>
    <message>
        <source>✓ called, ended</source>
        <translation>✓ 已呼叫，已结束</translation>
    </message>
    <message>
        <source>Calls {0} at once and leaves the caller to it as soon as it answers ({1})</source>
        <translation>立即呼叫{0}，对方一接听就把来电人移交过去（{1}）</translation>
    </message>
    <message>
        <source>Come back from {0} · {1} s · {2}</source>
        <translation>返回 {0} 通话 · {1} 秒 · {2}</translation>
    </message>
    <message>
        <source>{0} · case {1}</source>
        <translation>{0} · 警单 {1}</translation>
    </message>
    <message>
        <source>Come back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>移交</translation>
    </message>
    <message>
        <source>Back on the call ({0})</source>
        <translation>回到通话中（{0}）</translation>
    </message>
    <message>
        <source>Leaves the caller to {1} ({0})</source>
        <translation>把来电人移交给{1}（{0}）</translation>
    </message>
    <message>
        <source>handed over {0}</source>
        <translation>已移交 {0}</translation>
    </message>
    <message>
        <source>no answer, again in {0} s</source>
        <translation>未接通，{0} 秒后重拨</translation>
    </message>
    <message>
        <source>{0}, round {1}</source>
        <translation>{0}，第 {1} 轮</translation>
    </message>
    <message>
        <source>{0} → hand over</source>
        <translation>{0} → 移交</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>移交</translation>
    </message>
    <message>
        <source>► {0}: “{1}”</source>
        <translation>► {0}：“{1}”</translation>
    </message>
</context>
<context>
    <name>EmergencyPage</name>
    <message>
        <source>SIGNED OFF: the emergency buttons call the numbers below.</source>
        <translation>已签署确认：紧急按钮将呼叫下列号码。</translation>
    </message>
    <message>
        <source>NOT SIGNED OFF: every emergency button calls the trainer on this machine. No call reaches 110, 119, 120 or 122, whatever stands below.</source>
        <translation>尚未签署确认：所有紧急按钮只呼叫本机的练习终端。无论下面如何填写，都不会接通 110、119、120、122。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>线路</translation>
    </message>
    <message>
        <source>Through the exchange</source>
        <translation>经交换机</translation>
    </message>
    <message>
        <source>Through the second gateway</source>
        <translation>经备用网关</translation>
    </message>
</context>
<context>
    <name>EvidenceDialog</name>
    <message>
        <source>Sealed evidence</source>
        <translation>已封存的证据</translation>
    </message>
    <message>
        <source>Sealed packs, the newest first</source>
        <translation>证据包，最新的在前</translation>
    </message>
    <message>
        <source>No evidence is sealed yet. It is sealed by itself after a call with civility notices.</source>
        <translation>还没有封存的证据。播放过文明提醒的通话结束后自动封存。</translation>
    </message>
    <message>
        <source>Result of the check</source>
        <translation>核验结果</translation>
    </message>
    <message>
        <source>&amp;Check (Enter)</source>
        <translation>核验（回车）(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Open copy…</source>
        <translation>导出明文副本(&amp;O)…</translation>
    </message>
    <message>
        <source>Who took it, when and whereto is written down</source>
        <translation>何人、何时、导出到何处都会留痕</translation>
    </message>
    <message>
        <source>✓ As it was sealed</source>
        <translation>✓ 与封存时一致</translation>
    </message>
    <message>
        <source>✗ {0}</source>
        <translation>✗ {0}</translation>
    </message>
    <message>
        <source>ticket {0}</source>
        <translation>工单 {0}</translation>
    </message>
    <message>
        <source>by {0}</source>
        <translation>坐席 {0}</translation>
    </message>
    <message>
        <source>the recording</source>
        <translation>补封录音</translation>
    </message>
    <message>
        <source>without recording</source>
        <translation>暂缺录音</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在核验…</translation>
    </message>
    <message>
        <source>Open copy of the evidence</source>
        <translation>导出证据的明文副本</translation>
    </message>
    <message>
        <source>states that the recording is missing</source>
        <translation>载明录音缺失</translation>
    </message>
</context>
<context>
    <name>EyesFreeReader</name>
    <message>
        <source>Eyes-free is on.</source>
        <translation>免视操作已开启。</translation>
    </message>
    <message>
        <source>{0} suggested: {1}</source>
        <translation>建议{0}：{1}</translation>
    </message>
</context>
<context>
    <name>FieldHead</name>
    <message>
        <source>Filled from the words of the call. Click, or {0} in the field: it is right.</source>
        <translation>由通话内容填入。点击，或在该字段按 {0}：内容无误。</translation>
    </message>
    <message>
        <source>Confirm {0}</source>
        <translation>确认{0}</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>“{0}”</translation>
    </message>
    <message>
        <source>from the words {0}</source>
        <translation>来自原话{0}</translation>
    </message>
    <message>
        <source>unsure: {0} confirms</source>
        <translation>待确认：按 {0} 确认</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Take what was heard for {0}</source>
        <translation>采用听到的{0}</translation>
    </message>
    <message>
        <source>still wanted</source>
        <translation>宜补充</translation>
    </message>
    <message>
        <source>Take “{0}” ({1})</source>
        <translation>采用“{0}”（{1}）</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>把握较大</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>heard since: {0}, {1} takes it</source>
        <translation>之后又听到：{0}，按 {1} 采用</translation>
    </message>
    <message>
        <source>Heard since: {0}</source>
        <translation>之后又听到：{0}</translation>
    </message>
    <message>
        <source>Click, or {0} in the field: see and hear the words</source>
        <translation>点击，或在该字段按 {0}：查看并收听原话</translation>
    </message>
    <message>
        <source>This kind of request wants it. The ticket can be saved and dispatched without.</source>
        <translation>此类诉求宜填写此项；不填也可以保存和派单。</translation>
    </message>
    <message>
        <source>{0} % sure: {1}</source>
        <translation>把握 {0} %：{1}</translation>
    </message>
    <message>
        <source>{0} % sure</source>
        <translation>把握 {0} %</translation>
    </message>
</context>
<context>
    <name>GainsField</name>
    <message>
        <source>Microphone gain</source>
        <translation>麦克风音量</translation>
    </message>
    <message>
        <source>Earpiece gain</source>
        <translation>听筒音量</translation>
    </message>
    <message>
        <source>(no device)</source>
        <translation>（无设备）</translation>
    </message>
    <message>
        <source>{0} dB</source>
        <translation>{0} dB</translation>
    </message>
    <message>
        <source>Microphone: {0}</source>
        <translation>麦克风：{0}</translation>
    </message>
    <message>
        <source>Earpiece: {0}</source>
        <translation>听筒：{0}</translation>
    </message>
</context>
<context>
    <name>HandOffCardWindow</name>
    <message>
        <source>Hand-off card</source>
        <translation>警情交接卡</translation>
    </message>
    <message>
        <source>Close  Esc</source>
        <translation>关闭  Esc</translation>
    </message>
    <message>
        <source>■ Stop reading  Ctrl+F10</source>
        <translation>■ 停止播报  Ctrl+F10</translation>
    </message>
    <message>
        <source>► Read to the operator  Ctrl+F10</source>
        <translation>► 播报给接警员  Ctrl+F10</translation>
    </message>
    <message>
        <source>No call: there is nothing to hand over</source>
        <translation>当前没有通话，无可交接</translation>
    </message>
    <message>
        <source>no line called yet</source>
        <translation>尚未呼叫紧急热线</translation>
    </message>
    <message>
        <source>pressed {0} ago</source>
        <translation>{0} 前按下</translation>
    </message>
    <message>
        <source>ASK: not known yet</source>
        <translation>请询问：尚不清楚</translation>
    </message>
    <message>
        <source>number follows</source>
        <translation>编号生成中</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Their case number: {0}</source>
        <translation>对方警单号：{0}</translation>
    </message>
    <message>
        <source>… being sent to the emergency desk</source>
        <translation>… 正在推送到接警台</translation>
    </message>
    <message>
        <source>✓ the emergency desk has it</source>
        <translation>✓ 接警台已收到</translation>
    </message>
    <message>
        <source>⚠ not sent to the emergency desk yet: read it out</source>
        <translation>⚠ 尚未送达接警台：请口头念给对方</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Ring back</source>
        <translation>回拨电话</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>险情</translation>
    </message>
    <message>
        <source>Our ticket</source>
        <translation>我方工单</translation>
    </message>
    <message>
        <source>Last 60 s</source>
        <translation>最近 60 秒</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Earlier tickets of this caller</source>
        <translation>该来电人的历史工单</translation>
    </message>
    <message>
        <source>History</source>
        <translation>来电历史</translation>
    </message>
    <message>
        <source>History: the network gave no number</source>
        <translation>来电历史：未显示来电号码</translation>
    </message>
    <message>
        <source>History: no earlier ticket of this number</source>
        <translation>来电历史：该号码无历史工单</translation>
    </message>
    <message>
        <source>History: {0} tickets, {1} open</source>
        <translation>来电历史：{0} 件，未办结 {1} 件</translation>
    </message>
    <message>
        <source>(no matter written)</source>
        <translation>（未填写事项）</translation>
    </message>
    <message>
        <source>[open] {0}</source>
        <translation>【未办结】{0}</translation>
    </message>
</context>
<context>
    <name>KeysHelp</name>
    <message>
        <source>Use the first to fifth answer</source>
        <translation>采用第 1 至第 5 条答案</translation>
    </message>
    <message>
        <source>From a search box into its list</source>
        <translation>从检索框进入列表</translation>
    </message>
    <message>
        <source>Open the ticket, use the answer, choose the unit</source>
        <translation>打开工单、采用答案、选定单位</translation>
    </message>
    <message>
        <source>Read the whole answer</source>
        <translation>查看知识点全文</translation>
    </message>
    <message>
        <source>Search in the ticket table</source>
        <translation>在工单列表中检索</translation>
    </message>
    <message>
        <source>Wallboard over the whole screen</source>
        <translation>大屏全屏显示</translation>
    </message>
    <message>
        <source>Close the text, the dialog or the window</source>
        <translation>关闭全文、对话框或窗口</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Which command?</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Filter the commands</source>
        <translation>筛选命令</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Lists and windows</source>
        <translation>列表与窗口</translation>
    </message>
</context>
<context>
    <name>KnowledgePanel</name>
    <message>
        <source>Answers</source>
        <translation>知识库答案</translation>
    </message>
    <message>
        <source>Answers found</source>
        <translation>检索到的答案</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>未检索到相关知识点</translation>
    </message>
    <message>
        <source>Search the knowledge base</source>
        <translation>检索知识库</translation>
    </message>
    <message>
        <source>[expired] {0}</source>
        <translation>【已失效】{0}</translation>
    </message>
    <message>
        <source>✓ {0} (used)</source>
        <translation>✓ {0}（已采用）</translation>
    </message>
    <message>
        <source>expired on {0}</source>
        <translation>已于 {0} 失效</translation>
    </message>
    <message>
        <source>valid until {0}</source>
        <translation>有效期至 {0}</translation>
    </message>
    <message>
        <source>valid from {0}</source>
        <translation>自 {0} 起有效</translation>
    </message>
    <message>
        <source>no date given</source>
        <translation>未注明有效期</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Jiesu 12345 hotline desk</source>
        <translation>接诉 · 12345 热线坐席</translation>
    </message>
    <message>
        <source>A call is up. Leaving ends it.</source>
        <translation>当前有通话，退出将结束通话。</translation>
    </message>
    <message>
        <source>End the call and leave</source>
        <translation>结束通话并退出</translation>
    </message>
</context>
<context>
    <name>MarkDialog</name>
    <message>
        <source>A lead&apos;s word on a number</source>
        <translation>班长对号码的标注</translation>
    </message>
    <message>
        <source>e.g. one ticket a week, then only written down</source>
        <translation>例如：每周登记一件，其余来电只记录</translation>
    </message>
    <message>
        <source>Every agent sees it when this number rings. No call is blocked by it: this may be a cry for help.</source>
        <translation>该号码来电时每位坐席都会看到。不会拦截来电：也可能是求救。</translation>
    </message>
    <message>
        <source>&amp;Set</source>
        <translation>设置(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Take away</source>
        <translation>取消标注(&amp;T)</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>&amp;Advice</source>
        <translation>处理建议(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Days</source>
        <translation>有效天数(&amp;D)</translation>
    </message>
</context>
<context>
    <name>MissedCallsDialog</name>
    <message>
        <source>Missed calls</source>
        <translation>未接来电</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>原因(&amp;R)</translation>
    </message>
    <message>
        <source>Why this caller need not be rung back</source>
        <translation>为何不需回拨</translation>
    </message>
    <message>
        <source>Mark as &amp;done</source>
        <translation>标为已处理(&amp;D)</translation>
    </message>
    <message>
        <source>Ring back (Enter)</source>
        <translation>回拨（回车）</translation>
    </message>
    <message>
        <source>{0} to be rung back</source>
        <translation>{0} 个待回拨</translation>
    </message>
    <message>
        <source>Nobody waits to be rung back.</source>
        <translation>没有待回拨的来电。</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>无号码</translation>
    </message>
    <message>
        <source>⚠ {0} · torn off in the call</source>
        <translation>⚠ {0} · 通话中断</translation>
    </message>
    <message>
        <source>⚠ {0} · urgent</source>
        <translation>⚠ {0} · 紧急</translation>
    </message>
    <message>
        <source>rang {0} times</source>
        <translation>来电 {0} 次</translation>
    </message>
    <message>
        <source>rang once</source>
        <translation>来电 1 次</translation>
    </message>
    <message>
        <source>waited {0}</source>
        <translation>等待 {0}</translation>
    </message>
    <message>
        <source>first at {0}</source>
        <translation>首次 {0}</translation>
    </message>
    <message>
        <source>cannot be rung back</source>
        <translation>无法回拨</translation>
    </message>
    <message>
        <source>rung back and reached, {0}</source>
        <translation>已回拨接通，{0}</translation>
    </message>
    <message>
        <source>rang again and was answered, {0}</source>
        <translation>再次来电已接听，{0}</translation>
    </message>
    <message>
        <source>a ticket was taken by {0}</source>
        <translation>{0} 已受理其工单</translation>
    </message>
    <message>
        <source>done by {0}: {1}</source>
        <translation>{0} 已处理：{1}</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
</context>
<context>
    <name>ModelTexts</name>
    <message>
        <source>installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>not whole</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>未安装</translation>
    </message>
</context>
<context>
    <name>NoticeRow</name>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Dismiss: {0}</source>
        <translation>关闭提示：{0}</translation>
    </message>
    <message>
        <source>Read: take it away</source>
        <translation>知道了，关闭提示</translation>
    </message>
</context>
<context>
    <name>OrderField</name>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
</context>
<context>
    <name>PracticeDialog</name>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Practice calls</source>
        <translation>练习来电</translation>
    </message>
    <message>
        <source>&amp;Who is to call?</source>
        <translation>由谁来电(&amp;W)</translation>
    </message>
    <message>
        <source>S&amp;tart (Enter)</source>
        <translation>开始(&amp;T)</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>停止(&amp;O)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The practice exchange is not running</source>
        <translation>练习交换机未运行</translation>
    </message>
    <message>
        <source>No practice call is running</source>
        <translation>当前没有练习来电</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>Any citizen</source>
        <translation>任意来电</translation>
    </message>
    <message>
        <source>One of the calls below, by chance: as on a real day</source>
        <translation>随机抽取下列来电之一，贴近真实工作</translation>
    </message>
</context>
<context>
    <name>PracticeSteps</name>
    <message>
        <source>The voice of the citizen is being made…</source>
        <translation>正在生成来电人语音…</translation>
    </message>
    <message>
        <source>The citizen is calling: answer the call</source>
        <translation>来电人正在呼入，请接听</translation>
    </message>
    <message>
        <source>The citizen is talking with you</source>
        <translation>正在与来电人通话</translation>
    </message>
    <message>
        <source>The practice call has ended</source>
        <translation>练习来电已结束</translation>
    </message>
    <message>
        <source>The practice call failed</source>
        <translation>练习来电失败</translation>
    </message>
</context>
<context>
    <name>QualityDialog</name>
    <message>
        <source>Line quality</source>
        <translation>通话质量</translation>
    </message>
    <message>
        <source>No line is being measured.</source>
        <translation>当前没有正在测量的通话。</translation>
    </message>
    <message>
        <source>{0}: {1} ({2})</source>
        <translation>{0}：{1}（{2}）</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>The line has just become worse.</source>
        <translation>通话质量刚刚变差。</translation>
    </message>
    <message>
        <source>{0}, silent alert</source>
        <translation>{0}（静默报警）</translation>
    </message>
</context>
<context>
    <name>QualityGraph</name>
    <message>
        <source>Line quality over time</source>
        <translation>通话质量曲线</translation>
    </message>
    <message>
        <source>Lowest {0}, now {1}</source>
        <translation>最低 {0}，当前 {1}</translation>
    </message>
</context>
<context>
    <name>QualityMeter</name>
    <message>
        <source>The line is being measured.</source>
        <translation>正在测量通话质量。</translation>
    </message>
    <message>
        <source>Line quality: {0}, {1}</source>
        <translation>通话质量：{0}，{1}</translation>
    </message>
</context>
<context>
    <name>QualityTexts</name>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>差</translation>
    </message>
    <message>
        <source>hardly to be understood</source>
        <translation>几乎听不清</translation>
    </message>
    <message>
        <source>Both sides hear each other well.</source>
        <translation>双方都听得清楚。</translation>
    </message>
    <message>
        <source>The caller hears you badly: speak slower, in short sentences, and say numbers and addresses twice.</source>
        <translation>来电人听您不清楚：请放慢语速，用短句，号码和地址说两遍。</translation>
    </message>
    <message>
        <source>You hear the caller badly: ask them to speak slower, and repeat numbers and addresses back.</source>
        <translation>您听来电人不清楚：请对方放慢语速，号码和地址复述核对。</translation>
    </message>
    <message>
        <source>You and the caller hear each other badly: speak slower, repeat numbers and addresses, offer to ring back.</source>
        <translation>双方都听不清楚：请放慢语速，复述号码和地址，可提出回拨。</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>You hear: {0} ({1})</source>
        <translation>您听到的：{0}（{1}）</translation>
    </message>
    <message>
        <source>They hear: {0} ({1})</source>
        <translation>对方听到的：{0}（{1}）</translation>
    </message>
    <message>
        <source>Loss in/out: {0} / {1}</source>
        <translation>丢包 收/发：{0} / {1}</translation>
    </message>
    <message>
        <source>Jitter in/out: {0} / {1}</source>
        <translation>抖动 收/发：{0} / {1}</translation>
    </message>
    <message>
        <source>Round trip: {0}, codec {1}</source>
        <translation>往返时延：{0}，编码 {1}</translation>
    </message>
</context>
<context>
    <name>QueueText</name>
    <message>
        <source>⚠ The exchange&apos;s queue is not reached: agents&apos; states are kept</source>
        <translation>⚠ 无法连接交换机排队：坐席状态保持不变</translation>
    </message>
    <message>
        <source>⚠ The exchange does not know the queue</source>
        <translation>⚠ 交换机上没有这个排队</translation>
    </message>
    <message>
        <source>{0}: {1} waiting, {2} at most · ready {3} of {4} · answered {5} · given up {6}</source>
        <translation>{0}：排队 {1}，最长 {2} · 示闲 {3}/{4} · 接通 {5} · 放弃 {6}</translation>
    </message>
    <message>
        <source>in time {0} %</source>
        <translation>及时接通 {0} %</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>Busy: why?</source>
        <translation>示忙原因</translation>
    </message>
    <message>
        <source>You are busy now. A number says why; Esc: no reason.</source>
        <translation>已示忙。按数字键选择原因；Esc：不填原因。</translation>
    </message>
</context>
<context>
    <name>RecognitionSign</name>
    <message>
        <source>✎ Words</source>
        <translation>✎ 转写</translation>
    </message>
    <message>
        <source>What is said is written down on this computer. The caller objects: press.</source>
        <translation>通话内容正在本机转写为文字。来电人不同意时按此停止。</translation>
    </message>
    <message>
        <source>✎ Telling</source>
        <translation>✎ 告知中</translation>
    </message>
    <message>
        <source>The caller is being told; nothing is written down before.</source>
        <translation>正在告知来电人；告知之前不转写。</translation>
    </message>
    <message>
        <source>✎ Refused</source>
        <translation>✎ 已拒绝</translation>
    </message>
    <message>
        <source>The caller objects: nothing that is said is written down.</source>
        <translation>来电人不同意：通话内容不转写。</translation>
    </message>
    <message>
        <source>✎ Off</source>
        <translation>✎ 未转写</translation>
    </message>
    <message>
        <source>Nothing that is said is written down.</source>
        <translation>通话内容未转写。</translation>
    </message>
</context>
<context>
    <name>RecordingSign</name>
    <message>
        <source>Recording: {0}</source>
        <translation>录音：{0}</translation>
    </message>
    <message>
        <source>● REC {0}</source>
        <translation>● 录音中 {0}</translation>
    </message>
    <message>
        <source>❚❚ PAUSED {0}</source>
        <translation>❚❚ 已暂停 {0}</translation>
    </message>
    <message>
        <source>⚠ NOT RECORDED</source>
        <translation>⚠ 未能录音</translation>
    </message>
    <message>
        <source>○ Not recorded</source>
        <translation>○ 未录音</translation>
    </message>
    <message>
        <source>The call is recorded. Pause while a card number or a password is said.</source>
        <translation>本通话正在录音。说到卡号、密码时请暂停。</translation>
    </message>
    <message>
        <source>Nothing is recorded now. Go on as soon as the secret is said.</source>
        <translation>现在不录音。敏感信息说完后请立即继续。</translation>
    </message>
    <message>
        <source>The disk takes nothing: this call is not recorded now. It goes on by itself.</source>
        <translation>磁盘无法写入：本通话暂未录音，恢复后会自动继续。</translation>
    </message>
    <message>
        <source>This call is not recorded.</source>
        <translation>本通话没有录音。</translation>
    </message>
</context>
<context>
    <name>RecordingTexts</name>
    <message>
        <source>it was not recorded</source>
        <translation>这段没有录音</translation>
    </message>
    <message>
        <source>the recording was destroyed, its days are over</source>
        <translation>录音已到期销毁</translation>
    </message>
    <message>
        <source>the recording was sealed by another console</source>
        <translation>录音由另一台坐席加密</translation>
    </message>
    <message>
        <source>the recording was changed or damaged</source>
        <translation>录音被改动或已损坏</translation>
    </message>
    <message>
        <source>no words of the call stand behind this field</source>
        <translation>此项不是从通话文字得来的</translation>
    </message>
    <message>
        <source>there is no sound here: the recording was paused, or nothing was recorded</source>
        <translation>此处没有声音：录音当时已暂停，或没有录到</translation>
    </message>
    <message>
        <source>the words of this field were not said in the call on the screen</source>
        <translation>该字段的原话不是屏幕上这次通话里说的</translation>
    </message>
</context>
<context>
    <name>RecoveryBar</name>
    <message>
        <source>Do not ring back: the caller stays in the list of missed calls</source>
        <translation>不在此回拨：来电人仍留在未接来电中</translation>
    </message>
    <message>
        <source>⚠ Call lost: {0} · {1} ago</source>
        <translation>⚠ 通话中断：{0} · {1} 前</translation>
    </message>
    <message>
        <source>⚠ Not reached yet: {0} · {1} ago</source>
        <translation>⚠ 尚未接通：{0} · {1} 前</translation>
    </message>
    <message>
        <source>Missed calls: {0}, urgent: {1}</source>
        <translation>未接来电 {0} 个，紧急 {1} 个</translation>
    </message>
    <message>
        <source>Missed calls: {0}</source>
        <translation>未接来电 {0} 个</translation>
    </message>
    <message>
        <source>Ring back</source>
        <translation>回拨</translation>
    </message>
</context>
<context>
    <name>RuleTexts</name>
    <message>
        <source>you said it and the caller agreed</source>
        <translation>您说过，来电人表示认可</translation>
    </message>
    <message>
        <source>the caller called the request that</source>
        <translation>来电人自己这样称呼这次诉求</translation>
    </message>
    <message>
        <source>calls that begin like this are nearly always of this kind</source>
        <translation>这样开头的来电几乎都是这一类</translation>
    </message>
    <message>
        <source>these words are typical of this kind</source>
        <translation>这些话是这一类诉求的典型说法</translation>
    </message>
    <message>
        <source>these words rather speak for this kind</source>
        <translation>这些话比较像这一类诉求</translation>
    </message>
    <message>
        <source>a guess: the words hardly tell the kind</source>
        <translation>仅为猜测：原话几乎看不出类型</translation>
    </message>
    <message>
        <source>the caller only asked a question</source>
        <translation>来电人只提了一个问题</translation>
    </message>
    <message>
        <source>words of danger or of something that cannot wait</source>
        <translation>提到危险或不能等待的情况</translation>
    </message>
    <message>
        <source>the district was named in full</source>
        <translation>说出了完整的区名</translation>
    </message>
    <message>
        <source>the answer to your question where it is</source>
        <translation>您问在哪里之后的回答</translation>
    </message>
    <message>
        <source>the name of a district without its last word</source>
        <translation>只说了区名，没带“区”字</translation>
    </message>
    <message>
        <source>sounds like a district of this city</source>
        <translation>读音像本市的某个区</translation>
    </message>
    <message>
        <source>the street that was named lies in this district</source>
        <translation>所说街道属于这个区</translation>
    </message>
    <message>
        <source>reads like a district, but is not in the list of this city</source>
        <translation>像是区名，但不在本市名单里</translation>
    </message>
    <message>
        <source>the street was named in full</source>
        <translation>说出了完整的街道名</translation>
    </message>
    <message>
        <source>the name of a street without its last word</source>
        <translation>只说了街道名，没带“街道”二字</translation>
    </message>
    <message>
        <source>sounds like a street of this city</source>
        <translation>读音像本市的某个街道</translation>
    </message>
    <message>
        <source>reads like a street, but is not in the list of this city</source>
        <translation>像是街道名，但不在本市名单里</translation>
    </message>
    <message>
        <source>the address after your question where it is</source>
        <translation>您问地址之后说出的地址</translation>
    </message>
    <message>
        <source>a road with a house number</source>
        <translation>路名加门牌号</translation>
    </message>
    <message>
        <source>a housing estate with building or door</source>
        <translation>小区名加楼号或门号</translation>
    </message>
    <message>
        <source>the crossing of two roads</source>
        <translation>两条路的路口</translation>
    </message>
    <message>
        <source>the name of an estate, a market or a building, without a door</source>
        <translation>小区、市场或大楼的名称，没有门号</translation>
    </message>
    <message>
        <source>the name of a road without a house number</source>
        <translation>只有路名，没有门牌号</translation>
    </message>
    <message>
        <source>building and door without road or estate</source>
        <translation>只有楼号门号，没有路名或小区名</translation>
    </message>
    <message>
        <source>only the district or the street was said</source>
        <translation>只说了区或街道</translation>
    </message>
    <message>
        <source>the words right after your question where it is</source>
        <translation>您问在哪里之后紧接着说的话</translation>
    </message>
    <message>
        <source>the answer to your question when it was</source>
        <translation>您问什么时候之后的回答</translation>
    </message>
    <message>
        <source>the day or the hour that was told with it</source>
        <translation>说这件事时提到的日期或钟点</translation>
    </message>
    <message>
        <source>how long it has gone on</source>
        <translation>说了已经持续多久</translation>
    </message>
    <message>
        <source>only a rough time was said</source>
        <translation>只说了大概的时间</translation>
    </message>
    <message>
        <source>the answer to your question whether somebody is hurt</source>
        <translation>您问有没有人受伤之后的回答</translation>
    </message>
    <message>
        <source>the caller said that nobody is hurt</source>
        <translation>来电人说没有人受伤</translation>
    </message>
    <message>
        <source>words of hurt or sick people</source>
        <translation>提到有人受伤或发病</translation>
    </message>
    <message>
        <source>the name after your question which unit it is</source>
        <translation>您问是哪家单位之后说出的名称</translation>
    </message>
    <message>
        <source>a name that ends in “company”</source>
        <translation>以“公司”结尾的名称</translation>
    </message>
    <message>
        <source>whom the caller complains of, or who did it</source>
        <translation>来电人投诉的对象，或做这件事的单位</translation>
    </message>
    <message>
        <source>the name after “the shop is called”</source>
        <translation>“店名叫”后面的名称</translation>
    </message>
    <message>
        <source>a shop or unit that was named</source>
        <translation>提到的店铺或单位</translation>
    </message>
    <message>
        <source>the words right after your question which unit it is</source>
        <translation>您问是哪家单位之后紧接着说的话</translation>
    </message>
    <message>
        <source>the number after your question for the telephone</source>
        <translation>您问电话之后说出的号码</translation>
    </message>
    <message>
        <source>a whole telephone number of the caller&apos;s</source>
        <translation>来电人说出的完整电话号码</translation>
    </message>
    <message>
        <source>a number said in several parts and put together</source>
        <translation>分几次说出、拼在一起的号码</translation>
    </message>
    <message>
        <source>the last digits were put right by the caller</source>
        <translation>来电人更正了最后几位</translation>
    </message>
    <message>
        <source>the caller said: the number I am ringing from</source>
        <translation>来电人说：就打我现在打的这个号码</translation>
    </message>
    <message>
        <source>the answer to your question for the name</source>
        <translation>您问称呼之后的回答</translation>
    </message>
    <message>
        <source>the name after “I am” or “my name is”</source>
        <translation>“我叫”“我是”后面的姓名</translation>
    </message>
    <message>
        <source>the surname after “my surname is”</source>
        <translation>“我姓”后面的姓氏</translation>
    </message>
    <message>
        <source>the caller asked not to be named</source>
        <translation>来电人要求不透露身份</translation>
    </message>
    <message>
        <source>the answer to your question about confidentiality</source>
        <translation>您问是否保密之后的回答</translation>
    </message>
    <message>
        <source>the caller said that confidentiality is not needed</source>
        <translation>来电人说不需要保密</translation>
    </message>
    <message>
        <source>the caller is afraid of revenge</source>
        <translation>来电人担心被报复</translation>
    </message>
    <message>
        <source>the answer to your question what is wanted</source>
        <translation>您问有什么诉求之后的回答</translation>
    </message>
    <message>
        <source>what the caller hopes for or asks to be done</source>
        <translation>来电人希望或要求办的事</translation>
    </message>
    <message>
        <source>the question that the caller asked</source>
        <translation>来电人提出的问题</translation>
    </message>
    <message>
        <source>the sentence that names the problem most clearly</source>
        <translation>最清楚说出问题的那句话</translation>
    </message>
    <message>
        <source>no sentence names the problem: the first that says anything</source>
        <translation>没有哪句话点明问题，取第一句有内容的话</translation>
    </message>
    <message>
        <source>the sentences of the caller that say most, in their order</source>
        <translation>来电人最有内容的几句话，按先后排列</translation>
    </message>
</context>
<context>
    <name>SayDialog</name>
    <message>
        <source>Read a sentence aloud</source>
        <translation>播报语句</translation>
    </message>
    <message>
        <source>&amp;Sentence</source>
        <translation>语句(&amp;S)</translation>
    </message>
    <message>
        <source>To the &amp;caller (Enter)</source>
        <translation>播给来电人(&amp;C)</translation>
    </message>
    <message>
        <source>Saved sentences and announcements</source>
        <translation>常用语句和提示音</translation>
    </message>
    <message>
        <source>To &amp;me only (Ctrl+Enter)</source>
        <translation>只给我听(&amp;M) (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Being said in the caller&apos;s next pause: {0}</source>
        <translation>将在来电人停顿时播出：{0}</translation>
    </message>
    <message>
        <source>&amp;Voice</source>
        <translation>语音(&amp;V)</translation>
    </message>
    <message>
        <source>S&amp;peed</source>
        <translation>语速(&amp;P)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>语速</translation>
    </message>
    <message>
        <source>An announcement of the site: its sound is played as it was made</source>
        <translation>本中心的提示音：按录制的原声播放</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Search the words of the call, by sound too</source>
        <translation>查找通话文字，同音字也能找到</translation>
    </message>
    <message>
        <source>Search the words of the call</source>
        <translation>查找通话文字</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>找到的位置</translation>
    </message>
    <message>
        <source>The place before (Shift+Enter)</source>
        <translation>上一处（Shift+回车）</translation>
    </message>
    <message>
        <source>The next place (Enter)</source>
        <translation>下一处（回车）</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>关闭查找（Esc）</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0}/{1}</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>没有找到</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Forget</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Forget: {0}</source>
        <translation>清除：{0}</translation>
    </message>
    <message>
        <source>stored; type to replace it</source>
        <translation>已保存，输入新值可替换</translation>
    </message>
    <message>
        <source>none stored</source>
        <translation>未保存</translation>
    </message>
</context>
<context>
    <name>SentenceEditor</name>
    <message>
        <source>Correct the sentence</source>
        <translation>更正这句话</translation>
    </message>
    <message>
        <source>Enter keeps · Esc leaves · Ctrl+Y the sentence before</source>
        <translation>回车保留 · Esc 放弃 · Ctrl+Y 上一句</translation>
    </message>
    <message>
        <source>Not taken: a sentence holds at most {0} characters</source>
        <translation>未保留：一句话最多 {0} 个字</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Hello, this is the 12345 hotline. How may I help you?</source>
        <translation>您好，12345 政务服务便民热线，请问有什么可以帮您？</translation>
    </message>
    <message>
        <source>Please hold the line, I am looking this up for you.</source>
        <translation>请您稍等，正在为您查询。</translation>
    </message>
    <message>
        <source>Thank you for waiting.</source>
        <translation>感谢您的耐心等待。</translation>
    </message>
    <message>
        <source>Please stay on the line, I am connecting you with the emergency service.</source>
        <translation>请不要挂机，正在为您接通紧急救助热线。</translation>
    </message>
    <message>
        <source>I cannot hear you. Please call again.</source>
        <translation>抱歉，听不到您的声音，请您重新拨打。</translation>
    </message>
    <message>
        <source>Thank you for your call. Goodbye.</source>
        <translation>感谢您的来电，再见。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The number that reaches this line through the exchange.</source>
        <translation>经交换机接通该线路所拨的号码。</translation>
    </message>
    <message>
        <source>The number that reaches this line through the second gateway.</source>
        <translation>经备用网关接通该线路所拨的号码。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Text size (%)</source>
        <translation>文字大小（%）</translation>
    </message>
    <message>
        <source>Show callers&apos; numbers in full</source>
        <translation>完整显示来电号码</translation>
    </message>
    <message>
        <source>Otherwise the middle is masked until the agent asks for it.</source>
        <translation>不选则隐藏号码中段，坐席需要时再显示。</translation>
    </message>
    <message>
        <source>Agent&apos;s name</source>
        <translation>坐席姓名</translation>
    </message>
    <message>
        <source>Agent&apos;s number</source>
        <translation>坐席工号</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>分机号</translation>
    </message>
    <message>
        <source>Password of the extension</source>
        <translation>分机密码</translation>
    </message>
    <message>
        <source>Signalling</source>
        <translation>信令传输</translation>
    </message>
    <message>
        <source>Second gateway</source>
        <translation>备用网关</translation>
    </message>
    <message>
        <source>host:port that emergency calls take when the exchange is dead.</source>
        <translation>交换机失效时紧急呼叫所走的“主机:端口”。</translation>
    </message>
    <message>
        <source>Own address</source>
        <translation>本机地址</translation>
    </message>
    <message>
        <source>Address that telephony binds to; empty: chosen by itself.</source>
        <translation>电话模块绑定的地址；留空则自动选择。</translation>
    </message>
    <message>
        <source>Own port</source>
        <translation>本机端口</translation>
    </message>
    <message>
        <source>0: chosen by itself.</source>
        <translation>0 表示自动选择。</translation>
    </message>
    <message>
        <source>Trunk map signed off</source>
        <translation>中继对照表已签署确认</translation>
    </message>
    <message>
        <source>Until the site has signed off the numbers below, every emergency call goes to the trainer on this machine.</source>
        <translation>现场签署确认下列号码之前，所有紧急呼叫只接到本机的练习终端。</translation>
    </message>
    <message>
        <source>110 police</source>
        <translation>110 公安</translation>
    </message>
    <message>
        <source>119 fire and rescue</source>
        <translation>119 消防救援</translation>
    </message>
    <message>
        <source>120 ambulance</source>
        <translation>120 医疗急救</translation>
    </message>
    <message>
        <source>122 traffic accidents</source>
        <translation>122 交通事故</translation>
    </message>
    <message>
        <source>110 through the gateway</source>
        <translation>110（经备用网关）</translation>
    </message>
    <message>
        <source>119 through the gateway</source>
        <translation>119（经备用网关）</translation>
    </message>
    <message>
        <source>120 through the gateway</source>
        <translation>120（经备用网关）</translation>
    </message>
    <message>
        <source>122 through the gateway</source>
        <translation>122（经备用网关）</translation>
    </message>
    <message>
        <source>Patience with a silent route (ms)</source>
        <translation>线路无响应等待时间（毫秒）</translation>
    </message>
    <message>
        <source>After this time without a sign of life the next route is called as well.</source>
        <translation>超过该时间仍无任何响应，即同时呼叫下一条线路。</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Empty: the system&apos;s default; none: no device.</source>
        <translation>留空：使用系统默认设备；none：不使用设备。</translation>
    </message>
    <message>
        <source>Earpiece</source>
        <translation>听筒</translation>
    </message>
    <message>
        <source>Ringing device</source>
        <translation>振铃设备</translation>
    </message>
    <message>
        <source>Empty: the earpiece; none: no ringing.</source>
        <translation>留空：使用听筒；none：不振铃。</translation>
    </message>
    <message>
        <source>Microphone gain</source>
        <translation>麦克风音量（倍）</translation>
    </message>
    <message>
        <source>Earpiece gain</source>
        <translation>听筒音量（倍）</translation>
    </message>
    <message>
        <source>Write down what is said</source>
        <translation>通话实时转写</translation>
    </message>
    <message>
        <source>Speech models</source>
        <translation>语音识别模型</translation>
    </message>
    <message>
        <source>The first of these that is installed listens.</source>
        <translation>按顺序使用第一个已安装的模型。</translation>
    </message>
    <message>
        <source>Folder of the speech models</source>
        <translation>语音模型文件夹</translation>
    </message>
    <message>
        <source>Empty: the program&apos;s own.</source>
        <translation>留空：使用程序自带文件夹。</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>播报音色</translation>
    </message>
    <message>
        <source>Empty: the best voice installed.</source>
        <translation>留空：使用已安装的最佳音色。</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>http://host:port of the centre; empty: a centre of its own on this machine.</source>
        <translation>中心地址，形如 http://主机:端口；留空则在本机自建中心。</translation>
    </message>
    <message>
        <source>Enrolment token</source>
        <translation>终端登记令牌</translation>
    </message>
    <message>
        <source>Practice exchange</source>
        <translation>练习交换机</translation>
    </message>
    <message>
        <source>Folder of recorded practice calls</source>
        <translation>练习录音文件夹</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Rule pack</source>
        <translation>规则包</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>A team lead&apos;s wallboard offers to listen in. Whether that is allowed, the centre decides.</source>
        <translation>班长的大屏可以监听坐席；是否允许由中心决定。</translation>
    </message>
    <message>
        <source>Reasons to be busy</source>
        <translation>示忙原因</translation>
    </message>
    <message>
        <source>When a call is not taken</source>
        <translation>来电未接时</translation>
    </message>
    <message>
        <source>A call counts as not taken after (s)</source>
        <translation>振铃多少秒算未接（秒）</translation>
    </message>
    <message>
        <source>host:port; several in order of preference: 10.0.0.5:5060, 10.0.0.6:5060; or a DNS name: srv:sip.example.org. Empty: only the practice exchange calls.</source>
        <translation>主机:端口；多台按优先顺序：10.0.0.5:5060, 10.0.0.6:5060；或 DNS 名：srv:sip.example.org。留空：只有练习交换机来电。</translation>
    </message>
    <message>
        <source>TLS verifies the exchange and keeps others from listening in; it is to be preferred.</source>
        <translation>TLS 会校验交换机并防止他人窃听，建议使用。</translation>
    </message>
    <message>
        <source>Back to the first exchange after (s)</source>
        <translation>切回第一台交换机前等待（秒）</translation>
    </message>
    <message>
        <source>So long it must answer without a gap, and no call be up, before it is used again.</source>
        <translation>它须连续应答这么久且没有通话，才会重新使用。</translation>
    </message>
    <message>
        <source>Who tells the exchange&apos;s queue</source>
        <translation>由谁通知交换机坐席状态</translation>
    </message>
    <message>
        <source>Code that joins the queue</source>
        <translation>签入排队的特征码</translation>
    </message>
    <message>
        <source>Code that leaves the queue</source>
        <translation>签出排队的特征码</translation>
    </message>
    <message>
        <source>Code that pauses</source>
        <translation>暂停派话的特征码</translation>
    </message>
    <message>
        <source>Empty: there is none, so who is not ready leaves the queue.</source>
        <translation>留空：没有该特征码，未示闲即签出排队。</translation>
    </message>
    <message>
        <source>Code that ends the pause</source>
        <translation>恢复派话的特征码</translation>
    </message>
    <message>
        <source>Signalling of the gateway</source>
        <translation>网关的信令</translation>
    </message>
    <message>
        <source>Encrypted voice (SRTP)</source>
        <translation>语音加密（SRTP）</translation>
    </message>
    <message>
        <source>Automatic: always with TLS, never without.</source>
        <translation>自动：用 TLS 时必须加密，否则不加密。</translation>
    </message>
    <message>
        <source>File of the authorities</source>
        <translation>证书机构文件</translation>
    </message>
    <message>
        <source>PEM file with the authority that signed the exchange&apos;s certificate; empty: those that the system trusts.</source>
        <translation>签发交换机证书的机构的 PEM 文件；留空：使用系统信任的机构。</translation>
    </message>
    <message>
        <source>Calls are taken from</source>
        <translation>接受来电的地址</translation>
    </message>
    <message>
        <source>Addresses or networks beside the exchange and the gateway, such as 10.0.0.0/24, 10.1.1.7. What others send is dropped.</source>
        <translation>除交换机和网关以外的地址或网段，如 10.0.0.0/24, 10.1.1.7。其他来源的一律丢弃。</translation>
    </message>
    <message>
        <source>File of the directory</source>
        <translation>通讯录文件</translation>
    </message>
    <message>
        <source>CSV with name, number, unit, note; one contact a line. The units of the catalogue are always there.</source>
        <translation>CSV 文件：名称、号码、单位、备注，每行一个联系人。派单目录中的单位始终列出。</translation>
    </message>
    <message>
        <source>Parking extension</source>
        <translation>驻留分机</translation>
    </message>
    <message>
        <source>The exchange&apos;s number for parking a call; empty: callers are parked at this desk.</source>
        <translation>交换机上用于驻留通话的号码；留空则驻留在本席。</translation>
    </message>
    <message>
        <source>Answer without a key</source>
        <translation>自动应答</translation>
    </message>
    <message>
        <source>Only while the agent is ready and no call is up. Asked: where the exchange asks for it (Call-Info).</source>
        <translation>只在示闲且没有通话时生效。“交换机要求时”：按来电所带的要求（Call-Info）。</translation>
    </message>
    <message>
        <source>Patience with a ringing line (s)</source>
        <translation>振铃等待时间（秒）</translation>
    </message>
    <message>
        <source>After this time without an answer the next route is called as well; then all again.</source>
        <translation>超过此时间无人接听即同时呼叫下一路由，之后循环重拨。</translation>
    </message>
    <message>
        <source>Emergency desk (URL)</source>
        <translation>接警台接口（URL）</translation>
    </message>
    <message>
        <source>Hand-off cards are sent there as JSON, once the trunk map is signed off. No call waits for it.</source>
        <translation>中继对照表签署确认后，交接卡以 JSON 推送到此处；通话从不等待它。</translation>
    </message>
    <message>
        <source>Emergency desk, token</source>
        <translation>接警台接口令牌</translation>
    </message>
    <message>
        <source>Silent alert: channels in order</source>
        <translation>静默报警：渠道顺序</translation>
    </message>
    <message>
        <source>Silent alert: line</source>
        <translation>静默报警：热线</translation>
    </message>
    <message>
        <source>Unless the caller&apos;s words suggest another.</source>
        <translation>来电人的话提示其他热线时除外。</translation>
    </message>
    <message>
        <source>Team lead&apos;s telephone</source>
        <translation>班长话机</translation>
    </message>
    <message>
        <source>Extension or SIP address that gets a text with every silent alert.</source>
        <translation>每次静默报警都会收到文字消息的分机或 SIP 地址。</translation>
    </message>
    <message>
        <source>Text gateway (URL)</source>
        <translation>短信网关（URL）</translation>
    </message>
    <message>
        <source>Takes texts to 12110 for silent alerts, once the trunk map is signed off.</source>
        <translation>中继对照表签署确认后，静默报警短信经此发往 12110。</translation>
    </message>
    <message>
        <source>Text gateway, token</source>
        <translation>短信网关令牌</translation>
    </message>
    <message>
        <source>Gain of single devices</source>
        <translation>单个设备的音量</translation>
    </message>
    <message>
        <source>Remembered by the device&apos;s name; the two gains above hold for every other device.</source>
        <translation>按设备名称记住；其他设备用上面两项。</translation>
    </message>
    <message>
        <source>Loudest sound in the ear (dB below full scale)</source>
        <translation>耳麦最大音量（满刻度以下 dB）</translation>
    </message>
    <message>
        <source>Protects against acoustic shock: whistles, crashes and tones are never louder than this.</source>
        <translation>防听觉冲击：啸叫、巨响、信号音都不会超过这个值。</translation>
    </message>
    <message>
        <source>Sound system</source>
        <translation>音频系统</translation>
    </message>
    <message>
        <source>Record calls</source>
        <translation>通话录音</translation>
    </message>
    <message>
        <source>Tell callers that the call is recorded</source>
        <translation>告知来电人通话将被录音</translation>
    </message>
    <message>
        <source>Plays the announcement of the recording when the call is answered.</source>
        <translation>接通时播放录音告知语。</translation>
    </message>
    <message>
        <source>Days a recording stays here</source>
        <translation>录音在本机保留的天数</translation>
    </message>
    <message>
        <source>Counted from when the centre has it; what evidence refers to stays. The key is destroyed first.</source>
        <translation>自中心收到起计算；被证据引用的保留。销毁时先销毁密钥。</translation>
    </message>
    <message>
        <source>Bandwidth for recordings (kB/s)</source>
        <translation>录音上传带宽（kB/s）</translation>
    </message>
    <message>
        <source>At most this goes to the centre, and nothing while a call is up.</source>
        <translation>上传到中心的上限；通话中不上传。</translation>
    </message>
    <message>
        <source>Offered under the keys 1 to 9 when the agent says that he is busy. Others can be written into settings.toml.</source>
        <translation>坐席示忙时，以数字键 1 到 9 选择。其他原因可写入 settings.toml。</translation>
    </message>
    <message>
        <source>Set busy: the agent gets no further call until saying ready, and this one goes to another.</source>
        <translation>置忙：坐席示闲之前不再派话，这通来电转给他人。</translation>
    </message>
    <message>
        <source>The centre can do it where it knows the exchange; this console dials the codes below.</source>
        <translation>中心接入交换机后可由中心通知；本终端则拨下列特征码。</translation>
    </message>
    <message>
        <source>All that are ticked are tried in this order until one is told.</source>
        <translation>勾选的渠道按此顺序依次尝试，送达一个即止。</translation>
    </message>
    <message>
        <source>Every call: recorded from the moment it is answered.</source>
        <translation>每次通话：接通即录音。</translation>
    </message>
    <message>
        <source>Automatic takes the one measured best on this system; the next steps in where it does not start.</source>
        <translation>自动：选用在本系统上实测较好的一个；它起不来时由下一个接替。</translation>
    </message>
    <message>
        <source>By the agent: only from when he says so (Ctrl+Shift+Z). A caller&apos;s objection always ends it.</source>
        <translation>由坐席决定：仅从坐席开启时起（Ctrl+Shift+Z）。来电人不同意时一律停止。</translation>
    </message>
    <message>
        <source>Tell callers that it is written down</source>
        <translation>告知来电人通话将转写为文字</translation>
    </message>
    <message>
        <source>Then nothing is recognised before the caller has heard the notice: what he says before lights no emergency line.</source>
        <translation>开启后，来电人听完告知之前不做任何识别：此前所说的话不会点亮紧急按钮。</translation>
    </message>
    <message>
        <source>List of the site&apos;s words</source>
        <translation>本单位词表</translation>
    </message>
    <message>
        <source>Speed of the voice</source>
        <translation>播报语速</translation>
    </message>
    <message>
        <source>Volume of the voice</source>
        <translation>播报音量</translation>
    </message>
    <message>
        <source>Voice for eyes-free work</source>
        <translation>免视操作的语音</translation>
    </message>
    <message>
        <source>Empty: the system&apos;s own, which answers at once. A natural voice takes some seconds for a field.</source>
        <translation>留空：系统自带语音，立即播报。自然语音每个栏目需要几秒。</translation>
    </message>
    <message>
        <source>Eyes-free work</source>
        <translation>免视操作</translation>
    </message>
    <message>
        <source>A voice in the agent&apos;s ear reads the field under the cursor, errors and lit emergency lines.</source>
        <translation>坐席耳机中播报光标所在栏目、错误和亮起的紧急按钮。</translation>
    </message>
    <message>
        <source>A heard field is sure from</source>
        <translation>听写字段免确认的把握值</translation>
    </message>
    <message>
        <source>So many in 1 are right. What is less sure must be confirmed before dispatch; 1: every field.</source>
        <translation>表示正确的比例。低于此值的字段须在派单前确认；1：每个字段都须确认。</translation>
    </message>
    <message>
        <source>A text file in UTF-8, one word a line: estates, companies, local names. Read again when it changes.</source>
        <translation>UTF-8 文本文件，每行一个词：小区、公司、本地叫法等。文件改动后自动重新读取。</translation>
    </message>
    <message>
        <source>Never make an undone repair again</source>
        <translation>撤销过的订正不再出现</translation>
    </message>
    <message>
        <source>What was taken back at this seat stays as heard, over restarts too. Switched off, all is forgotten.</source>
        <translation>本坐席撤销过的订正以后都按听到的写，重启后也一样。关闭则全部忘掉。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>(the system&apos;s default)</source>
        <translation>（系统默认）</translation>
    </message>
    <message>
        <source>(the earpiece)</source>
        <translation>（同听筒）</translation>
    </message>
    <message>
        <source>Not saved: {0}. Allowed: {1}</source>
        <translation>未保存：{0}。允许：{1}</translation>
    </message>
    <message>
        <source>Not saved, the file cannot be written: {0}</source>
        <translation>未保存，无法写入设置文件：{0}</translation>
    </message>
    <message>
        <source>(no device)</source>
        <translation>（不使用设备）</translation>
    </message>
    <message>
        <source>⚠ {0}</source>
        <translation>⚠ {0}</translation>
    </message>
    <message>
        <source>From now on the emergency buttons call the numbers of the trunk map and no longer the trainer. Has the site signed off the trunk map?</source>
        <translation>此后紧急按钮将呼叫对照表中的真实号码，不再接到练习终端。现场是否已签署确认中继对照表？</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>设置分组</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>↻ takes effect after a restart of the console</source>
        <translation>↻ 重新启动坐席程序后生效</translation>
    </message>
    <message>
        <source>Yes, signed off: &amp;save</source>
        <translation>是，已签署确认：保存(&amp;S)</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>{0} ↻</source>
        <translation>{0} ↻</translation>
    </message>
    <message>
        <source>⚠ {0}</source>
        <translation>⚠ {0}</translation>
    </message>
</context>
<context>
    <name>SettingsTexts</name>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Telephone lines</source>
        <translation>电话线路</translation>
    </message>
    <message>
        <source>Emergency lines</source>
        <translation>紧急热线</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>耳麦</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Beijing</source>
        <translation>北京</translation>
    </message>
    <message>
        <source>Baoding</source>
        <translation>保定</translation>
    </message>
    <message>
        <source>Not allowed. Allowed: {0}</source>
        <translation>取值无效。允许：{0}</translation>
    </message>
    <message>
        <source>At least one entry is wanted</source>
        <translation>至少保留一项</translation>
    </message>
    <message>
        <source>Not an address. Allowed: host:port, such as 10.0.0.5:5060, or nothing</source>
        <translation>地址无效。允许：“主机:端口”，如 10.0.0.5:5060，或留空</translation>
    </message>
    <message>
        <source>Not an address. Allowed: http://host:port or https://host:port, or nothing</source>
        <translation>地址无效。允许：http://主机:端口 或 https://主机:端口，或留空</translation>
    </message>
    <message>
        <source>Not a number. Allowed: digits, * # +, or a sip: address</source>
        <translation>号码无效。允许：数字、* # +，或 sip: 地址</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>When the exchange asks</source>
        <translation>交换机要求时</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>总是</translation>
    </message>
    <message>
        <source>Every call</source>
        <translation>每次通话</translation>
    </message>
    <message>
        <source>When the agent says so</source>
        <translation>由坐席决定</translation>
    </message>
    <message>
        <source>Always; a call without it is refused</source>
        <translation>必须；不加密的通话被拒绝</translation>
    </message>
    <message>
        <source>Where the other side offers it</source>
        <translation>对方提供时使用</translation>
    </message>
    <message>
        <source>Never encrypted</source>
        <translation>不加密</translation>
    </message>
    <message>
        <source>Not an address. Allowed: 10.1.1.7, 10.0.0.0/24, with commas, or nothing</source>
        <translation>不是地址。可填：10.1.1.7, 10.0.0.0/24（用逗号分隔），或留空</translation>
    </message>
    <message>
        <source>Team lead</source>
        <translation>班长</translation>
    </message>
    <message>
        <source>Leave the agent&apos;s state as it is</source>
        <translation>坐席状态不变</translation>
    </message>
    <message>
        <source>Set the agent busy</source>
        <translation>将坐席置忙</translation>
    </message>
    <message>
        <source>The centre</source>
        <translation>由中心通知</translation>
    </message>
    <message>
        <source>This console, by feature codes</source>
        <translation>由本终端拨特征码</translation>
    </message>
    <message>
        <source>A second line that only listens</source>
        <translation>只听不说的第二路电话</translation>
    </message>
    <message>
        <source>Message to the team lead</source>
        <translation>给班长发消息</translation>
    </message>
    <message>
        <source>Text message (12110)</source>
        <translation>短信（12110）</translation>
    </message>
    <message>
        <source>The sound server itself (PulseAudio, PipeWire)</source>
        <translation>直接使用系统音频服务（PulseAudio、PipeWire）</translation>
    </message>
    <message>
        <source>Form from words</source>
        <translation>听写填单</translation>
    </message>
</context>
<context>
    <name>Shield</name>
    <message>
        <source>this city&apos;s rules know no civility notices</source>
        <translation>本市规则没有文明提醒</translation>
    </message>
    <message>
        <source>there is no call that is being talked with</source>
        <translation>当前没有正在通话的来电</translation>
    </message>
    <message>
        <source>emergency words were heard, the shield rests</source>
        <translation>听到了紧急词语，文明提醒已暂停</translation>
    </message>
    <message>
        <source>an emergency line is on this call</source>
        <translation>紧急热线在本次通话中</translation>
    </message>
    <message>
        <source>another party is on this call</source>
        <translation>本次通话中还有第三方</translation>
    </message>
    <message>
        <source>the caller is on hold</source>
        <translation>来电人处于保持状态</translation>
    </message>
    <message>
        <source>give the caller a moment after the last notice</source>
        <translation>上次提醒后请给来电人一点时间</translation>
    </message>
    <message>
        <source>all notices were played</source>
        <translation>各级提醒都已播放</translation>
    </message>
    <message>
        <source>the civility notices come first</source>
        <translation>须先播放文明提醒</translation>
    </message>
    <message>
        <source>this city&apos;s rules do not let a call be ended</source>
        <translation>本市规则不允许结束通话</translation>
    </message>
    <message>
        <source>a silent caller may be in danger and unable to speak</source>
        <translation>无声来电人可能身处危险、无法说话</translation>
    </message>
    <message>
        <source>the announcement has no sound yet</source>
        <translation>提示音还没有声音</translation>
    </message>
    <message>
        <source>civility notice</source>
        <translation>文明提醒</translation>
    </message>
    <message>
        <source>silent caller asked</source>
        <translation>已询问无声来电</translation>
    </message>
    <message>
        <source>shield rests, emergency words</source>
        <translation>听到紧急词语，提醒暂停</translation>
    </message>
    <message>
        <source>nobody is in danger, shield resumed</source>
        <translation>确认无人遇险，提醒恢复</translation>
    </message>
    <message>
        <source>farewell</source>
        <translation>结束语</translation>
    </message>
    <message>
        <source>ending called off</source>
        <translation>取消结束</translation>
    </message>
    <message>
        <source>ended by the city&apos;s rule</source>
        <translation>按规定结束通话</translation>
    </message>
    <message>
        <source>evidence sealed</source>
        <translation>证据已封存</translation>
    </message>
    <message>
        <source>evidence given out</source>
        <translation>证据已导出</translation>
    </message>
    <message>
        <source>damaged, cut short, or not sealed by this store</source>
        <translation>已损坏、被截断，或不是本机封存</translation>
    </message>
    <message>
        <source>a part was changed</source>
        <translation>内容被改动</translation>
    </message>
    <message>
        <source>a part is missing</source>
        <translation>缺少内容</translation>
    </message>
    <message>
        <source>a part was added</source>
        <translation>多出内容</translation>
    </message>
    <message>
        <source>the seal does not fit</source>
        <translation>封印不符</translation>
    </message>
    <message>
        <source>it does not follow the pack before it</source>
        <translation>与前一份证据不衔接</translation>
    </message>
    <message>
        <source>an open copy: its seal is checked where it was made</source>
        <translation>明文副本：封印须在封存的机器上核验</translation>
    </message>
    <message>
        <source>, the recording follows when it is whole</source>
        <translation>，录音完整后补封</translation>
    </message>
    <message>
        <source>{0} calls tonight</source>
        <translation>今夜来电 {0} 次</translation>
    </message>
    <message>
        <source>{0} calls today</source>
        <translation>今日来电 {0} 次</translation>
    </message>
    <message>
        <source>{0} in {1} days</source>
        <translation>{1} 天内 {0} 次</translation>
    </message>
    <message>
        <source>{0} silent</source>
        <translation>无声 {0} 次</translation>
    </message>
    <message>
        <source>{0} with civility notices</source>
        <translation>文明提醒 {0} 次</translation>
    </message>
    <message>
        <source>, with the statement that there is no recording</source>
        <translation>，并载明没有录音</translation>
    </message>
</context>
<context>
    <name>ShieldPanel</name>
    <message>
        <source>Evidence of calls</source>
        <translation>通话证据</translation>
    </message>
    <message>
        <source>Do not end</source>
        <translation>不结束</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Ask: press 1</source>
        <translation>询问：按 1</translation>
    </message>
    <message>
        <source>Civility {0}/{1}</source>
        <translation>文明提醒 {0}/{1}</translation>
    </message>
    <message>
        <source>Civility</source>
        <translation>文明提醒</translation>
    </message>
    <message>
        <source>Notice {0} at {1}</source>
        <translation>第 {0} 次提醒 {1}</translation>
    </message>
    <message>
        <source>Pressed {0}: needs help, cannot speak</source>
        <translation>按了 {0}：需要帮助，无法说话</translation>
    </message>
    <message>
        <source>Farewell: ends in {0} s</source>
        <translation>正在播放结束语：{0} 秒后结束</translation>
    </message>
    <message>
        <source>Shield rests: “{0}”</source>
        <translation>文明提醒暂停：“{0}”</translation>
    </message>
    <message>
        <source>Silent for {0} s: ask, stay on the line, in danger?</source>
        <translation>无声 {0} 秒：请询问，勿挂机，是否遇险？</translation>
    </message>
    <message>
        <source>Threat “{0}”: police {1}</source>
        <translation>威胁“{0}”：可报 {1}</translation>
    </message>
    <message>
        <source>Lead: {0}</source>
        <translation>班长：{0}</translation>
    </message>
    <message>
        <source>Abuse “{0}”: civility notice? {1}</source>
        <translation>言语不当“{0}”：播放文明提醒？{1}</translation>
    </message>
</context>
<context>
    <name>ShiftCheck</name>
    <message>
        <source>Hello, this is the 12345 hotline. Please tell me slowly where you are and what has happened; I am writing it down.</source>
        <translation>您好，这里是12345热线。请您慢慢说，您在什么地方，发生了什么事，我来记录。</translation>
    </message>
    <message>
        <source>Do not speak: the noise around you is measured.</source>
        <translation>请不要说话：正在测量周围的噪声。</translation>
    </message>
    <message>
        <source>Read this aloud, as you speak with a caller:</source>
        <translation>请像接电话一样读出下面这句话：</translation>
    </message>
    <message>
        <source>Do not speak: you hear three short tones in the earpiece.</source>
        <translation>请不要说话：耳麦里会有三声短音。</translation>
    </message>
    <message>
        <source>It is ringing now. Do you hear it?</source>
        <translation>现在正在振铃，您听到了吗？</translation>
    </message>
    <message>
        <source>The check is done.</source>
        <translation>检查完成。</translation>
    </message>
    <message>
        <source>The check was cancelled.</source>
        <translation>检查已取消。</translation>
    </message>
    <message>
        <source>A call came: the check made way for it. Start it again after the call.</source>
        <translation>有来电，检查已让位。通话结束后请重新检查。</translation>
    </message>
    <message>
        <source>A call is up: the check can start after it.</source>
        <translation>正在通话，通话结束后再检查。</translation>
    </message>
    <message>
        <source>No microphone or no earpiece: plug the headset in, or choose it in the settings (Ctrl+,).</source>
        <translation>没有麦克风或听筒：请插上耳麦，或在设置中选择（Ctrl+,）。</translation>
    </message>
    <message>
        <source>Your voice</source>
        <translation>您的声音</translation>
    </message>
    <message>
        <source>Noise around you</source>
        <translation>周围噪声</translation>
    </message>
    <message>
        <source>Distortion</source>
        <translation>失真</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>回声</translation>
    </message>
    <message>
        <source>Delay of the headset</source>
        <translation>耳麦延迟</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>振铃</translation>
    </message>
    <message>
        <source>Good ({0} dB)</source>
        <translation>良好（{0} dB）</translation>
    </message>
    <message>
        <source>Rather quiet ({0} dB): bring the boom nearer to the mouth</source>
        <translation>偏轻（{0} dB）：把麦克风杆移近嘴边</translation>
    </message>
    <message>
        <source>Too quiet ({0} dB): boom to the corner of the mouth, or more microphone gain in the settings</source>
        <translation>太轻（{0} dB）：麦克风移到嘴角旁，或在设置里调高麦克风音量</translation>
    </message>
    <message>
        <source>Too loud ({0} dB): move the boom away, or less microphone gain in the settings</source>
        <translation>太响（{0} dB）：麦克风移远些，或在设置里调低麦克风音量</translation>
    </message>
    <message>
        <source>No voice was heard: is the headset muted, is the right microphone chosen?</source>
        <translation>没有听到声音：耳麦是否静音？麦克风选对了吗？</translation>
    </message>
    <message>
        <source>Quiet ({0} dB)</source>
        <translation>安静（{0} dB）</translation>
    </message>
    <message>
        <source>Audible ({0} dB): the caller hears the room</source>
        <translation>能听到（{0} dB）：对方会听到环境声</translation>
    </message>
    <message>
        <source>Loud ({0} dB): find the source, or less microphone gain</source>
        <translation>很吵（{0} dB）：找出声源，或调低麦克风音量</translation>
    </message>
    <message>
        <source>Not measured: the microphone gave nothing</source>
        <translation>未测到：麦克风没有信号</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>A little ({0} %): less microphone gain</source>
        <translation>少许（{0} %）：调低麦克风音量</translation>
    </message>
    <message>
        <source>The voice is cut off ({0} %): less microphone gain in the settings</source>
        <translation>声音被削顶（{0} %）：在设置里调低麦克风音量</translation>
    </message>
    <message>
        <source>Hardly any ({0} dB)</source>
        <translation>几乎没有（{0} dB）</translation>
    </message>
    <message>
        <source>Some ({0} dB): less earpiece gain, or sit the earpiece closer</source>
        <translation>有一些（{0} dB）：调低听筒音量，或把听筒戴紧</translation>
    </message>
    <message>
        <source>The caller will hear himself ({0} dB): is a loudspeaker chosen instead of the headset?</source>
        <translation>对方会听到自己的回声（{0} dB）：是不是选成了扬声器？</translation>
    </message>
    <message>
        <source>Not measured: the earpiece played nothing</source>
        <translation>未测到：听筒没有放音</translation>
    </message>
    <message>
        <source>{0} ms there and back</source>
        <translation>往返 {0} 毫秒</translation>
    </message>
    <message>
        <source>{0} ms there and back: a cable is faster than radio</source>
        <translation>往返 {0} 毫秒：有线比无线快</translation>
    </message>
    <message>
        <source>{0} ms there and back: talking will be laborious, use a cable</source>
        <translation>往返 {0} 毫秒：对话会吃力，请用有线耳麦</translation>
    </message>
    <message>
        <source>Cannot be measured without an echo, as with a good headset</source>
        <translation>没有回声就测不出，好的耳麦都是如此</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>已听到</translation>
    </message>
    <message>
        <source>Not heard: choose another ringing device, or turn it up</source>
        <translation>没听到：换一个振铃设备，或调大音量</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>未回答</translation>
    </message>
    <message>
        <source>Headset check: all well</source>
        <translation>耳麦检查：一切正常</translation>
    </message>
    <message>
        <source>Headset check: look at {0}</source>
        <translation>耳麦检查：请留意{0}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>ShiftCheckDialog</name>
    <message>
        <source>Headset check</source>
        <translation>耳麦班前检查</translation>
    </message>
    <message>
        <source>Twenty seconds: silence, one sentence, three tones, the ringing. Put the headset on.</source>
        <translation>共二十秒：安静、读一句话、三声短音、振铃。请戴好耳麦。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>麦克风音量</translation>
    </message>
    <message>
        <source>&amp;Start (Enter)</source>
        <translation>开始（回车）(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Heard (Enter)</source>
        <translation>听到了（回车）(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Nothing to hear</source>
        <translation>没听到(&amp;N)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>取消（Esc）</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
</context>
<context>
    <name>SideWindows</name>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>SilentAlertButton</name>
    <message>
        <source>Silent alert</source>
        <translation>静默报警</translation>
    </message>
    <message>
        <source>Alerts the team lead and an emergency line; the caller hears nothing of it ({0})</source>
        <translation>悄悄通知班长和紧急热线，来电人听不到任何声音（{0}）</translation>
    </message>
    <message>
        <source>✓ {0} knows</source>
        <translation>✓ {0} 已知悉</translation>
    </message>
    <message>
        <source>help</source>
        <translation>援助方</translation>
    </message>
    <message>
        <source>⚠ nobody reached</source>
        <translation>⚠ 未送达</translation>
    </message>
    <message>
        <source>… alerting {0}</source>
        <translation>… 正在通知 {0}</translation>
    </message>
</context>
<context>
    <name>SilentAlertStrip</name>
    <message>
        <source>&amp;Seen</source>
        <translation>已知悉(&amp;S)</translation>
    </message>
    <message>
        <source>⚠ SILENT ALERT from {0}: {1} is wanted, {2} ago. Do not call the agent aloud.</source>
        <translation>⚠ 静默报警：坐席 {0} 需要 {1}，{2} 前发出。请勿大声呼叫该坐席。</translation>
    </message>
    <message>
        <source>risk</source>
        <translation>风险</translation>
    </message>
    <message>
        <source>⚠ WARNING from {0}: {1}, {2} ago. Nobody was called by it.</source>
        <translation>⚠ {0} 预警：{1}，{2} 前。未呼叫任何热线。</translation>
    </message>
</context>
<context>
    <name>SiteWords</name>
    <message>
        <source>there is no such file</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>the file cannot be opened</source>
        <translation>文件无法打开</translation>
    </message>
    <message>
        <source>the file must be saved as UTF-8</source>
        <translation>文件须以 UTF-8 编码保存</translation>
    </message>
    <message>
        <source>a word has more than 40 characters; one word a line is wanted</source>
        <translation>有词语超过 40 个字；每行只写一个词</translation>
    </message>
    <message>
        <source>there are more than 20,000 words</source>
        <translation>词语超过 20,000 个</translation>
    </message>
    <message>
        <source>this is no text file</source>
        <translation>这不是文本文件</translation>
    </message>
    <message>
        <source>the dispatch catalogue or the knowledge points cannot be read</source>
        <translation>派单目录或知识点无法读取</translation>
    </message>
</context>
<context>
    <name>SpokenFocus</name>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选</translation>
    </message>
</context>
<context>
    <name>StatusArea</name>
    <message>
        <source>Notices</source>
        <translation>提示信息</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>Not sent: {0}   Numbers left: {1}</source>
        <translation>未上传：{0}   剩余工单号：{1}</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>{0} more</source>
        <translation>另有 {0} 条</translation>
    </message>
</context>
<context>
    <name>SupervisionBar</name>
    <message>
        <source>Listen</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Whisper</source>
        <translation>耳语</translation>
    </message>
    <message>
        <source>Barge in</source>
        <translation>强插</translation>
    </message>
    <message>
        <source>● {0}: {1}. The same key ends it.</source>
        <translation>● {0}：{1}中。再按同一键结束。</translation>
    </message>
    <message>
        <source>{0}: choose how to take part</source>
        <translation>{0}：请选择介入方式</translation>
    </message>
    <message>
        <source>Choose an agent in a call</source>
        <translation>请选择一位通话中的坐席</translation>
    </message>
</context>
<context>
    <name>TicketForm</name>
    <message>
        <source>Kind</source>
        <translation>诉求类型</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>紧急程度</translation>
    </message>
    <message>
        <source>Con&amp;fidential</source>
        <translation>保密(&amp;F)</translation>
    </message>
    <message>
        <source>The caller asks that name and number are kept from the unit</source>
        <translation>诉求人要求对承办单位隐去姓名和号码</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>诉求类型(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Urgency</source>
        <translation>紧急程度(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;When</source>
        <translation>发生时间(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Matter</source>
        <translation>事项(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>地点(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Requester</source>
        <translation>诉求人(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Contact</source>
        <translation>联系电话(&amp;C)</translation>
    </message>
    <message>
        <source>Con&amp;tent (as stated by the caller)</source>
        <translation>诉求内容（来电人陈述）(&amp;T)</translation>
    </message>
    <message>
        <source>Repl&amp;y to the caller</source>
        <translation>答复来电人(&amp;Y)</translation>
    </message>
    <message>
        <source>Not taken: a field holds at most {0} characters</source>
        <translation>未采用：一个字段最多 {0} 个字符</translation>
    </message>
    <message>
        <source>Ticket: none is open. Type, or take a call.</source>
        <translation>工单：尚未打开。可直接填写，或接听来电。</translation>
    </message>
    <message>
        <source>Ticket {0} · {1}</source>
        <translation>工单 {0} · {1}</translation>
    </message>
    <message>
        <source>New ticket · {0}</source>
        <translation>新工单 · {0}</translation>
    </message>
    <message>
        <source>Confidential</source>
        <translation>保密</translation>
    </message>
    <message>
        <source>&amp;District</source>
        <translation>区(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Sub-district</source>
        <translation>街道(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Hurt</source>
        <translation>伤亡(&amp;H)</translation>
    </message>
    <message>
        <source>Un&amp;it named</source>
        <translation>被反映单位(&amp;I)</translation>
    </message>
    <message>
        <source>D&amp;emand</source>
        <translation>诉求目的(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Verified (by the agent)</source>
        <translation>核实情况（坐席核实）(&amp;V)</translation>
    </message>
    <message>
        <source>What, by whom, how</source>
        <translation>核实内容、核实人、核实方式</translation>
    </message>
    <message>
        <source>{0} · {1} to confirm: {2}</source>
        <translation>{0} · 待确认 {1} 项：{2}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{0} · still empty: {1}</source>
        <translation>{0} · 宜补充：{1}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>TicketTable</name>
    <message>
        <source>Tickets</source>
        <translation>工单列表</translation>
    </message>
    <message>
        <source>{0} tickets, {1} not yet sent</source>
        <translation>共 {0} 件，{1} 件未上传</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>工单号</translation>
    </message>
    <message>
        <source>At the centre</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>保存时间</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>检索(&amp;S)</translation>
    </message>
    <message>
        <source>Ticket number, words, place or caller</source>
        <translation>工单号、关键词、地点或来电号码</translation>
    </message>
    <message>
        <source>Search the tickets</source>
        <translation>检索工单</translation>
    </message>
    <message>
        <source>(no number yet)</source>
        <translation>（尚无工单号）</translation>
    </message>
    <message>
        <source>○ not yet sent</source>
        <translation>○ 未上传</translation>
    </message>
    <message>
        <source>✓ at the centre</source>
        <translation>✓ 已到中心</translation>
    </message>
    <message>
        <source>[{0}] {1}</source>
        <translation>【{0}】{1}</translation>
    </message>
    <message>
        <source>[confidential] {0}</source>
        <translation>【保密】{0}</translation>
    </message>
</context>
<context>
    <name>TranscriptExport</name>
    <message>
        <source>Text to read (*.txt)</source>
        <translation>阅读用文本 (*.txt)</translation>
    </message>
    <message>
        <source>Everything, for programs (*.json)</source>
        <translation>全部内容，供程序使用 (*.json)</translation>
    </message>
    <message>
        <source>Subtitles for the recording (*.vtt)</source>
        <translation>录音字幕 (*.vtt)</translation>
    </message>
    <message>
        <source>Export the transcript with its ticket</source>
        <translation>导出通话文字和工单</translation>
    </message>
    <message>
        <source>Transcript {0}</source>
        <translation>通话文字 {0}</translation>
    </message>
</context>
<context>
    <name>TranscriptTexts</name>
    <message>
        <source>there is a file of that name already, and it was left as it is</source>
        <translation>已有同名文件，未作改动</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>you may not write there</source>
        <translation>没有写入权限</translation>
    </message>
    <message>
        <source>the folder is not there</source>
        <translation>文件夹不存在</translation>
    </message>
    <message>
        <source>the name must end in .txt, .json or .vtt</source>
        <translation>文件名须以 .txt、.json 或 .vtt 结尾</translation>
    </message>
    <message>
        <source>Asking the centre for the words that were kept with this ticket…</source>
        <translation>正在向中心索取随本工单保存的通话文字…</translation>
    </message>
    <message>
        <source>The words of this ticket are not on this computer, and the centre does not answer. They come as soon as it does.</source>
        <translation>本机没有这张工单的通话文字，中心暂时没有应答；中心恢复后会自动显示。</translation>
    </message>
    <message>
        <source>No words were kept with this ticket.</source>
        <translation>这张工单没有保存通话文字。</translation>
    </message>
    <message>
        <source>The words of this ticket are not on this computer.</source>
        <translation>本机没有这张工单的通话文字。</translation>
    </message>
    <message>
        <source>Nothing listens: no words will appear here. Type what you hear into the form.</source>
        <translation>未启用语音识别，此处不会出现文字。请直接在工单中记录。</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>正在识别…</translation>
    </message>
    <message>
        <source>The words of caller and agent appear here as they are spoken.</source>
        <translation>通话时，来电人与坐席的话将实时显示在此。</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Transcript of the call</source>
        <translation>通话文字</translation>
    </message>
    <message>
        <source>New words ↓</source>
        <translation>有新内容 ↓</translation>
    </message>
    <message>
        <source>Stop playing</source>
        <translation>停止播放</translation>
    </message>
    <message>
        <source>Play this sentence</source>
        <translation>播放这句话</translation>
    </message>
    <message>
        <source>… words are missing here ({0}–{1})</source>
        <translation>…… 此处缺少文字（{0}–{1}）</translation>
    </message>
    <message>
        <source>(taken out by the agent)</source>
        <translation>（坐席已删去）</translation>
    </message>
    <message>
        <source>heard: {0}</source>
        <translation>原识别：{0}</translation>
    </message>
    <message>
        <source>before the agent&apos;s correction: {0}</source>
        <translation>坐席更正前：{0}</translation>
    </message>
    <message>
        <source>recognised with {0} % certainty</source>
        <translation>识别把握 {0}%</translation>
    </message>
    <message>
        <source>Correct this sentence</source>
        <translation>更正这句话</translation>
    </message>
    <message>
        <source>Undo the repair: heard “{0}”</source>
        <translation>撤销自动订正：原识别为“{0}”</translation>
    </message>
    <message>
        <source>Bring back what was heard</source>
        <translation>恢复原识别文字</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Answer</source>
        <translation>接听</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
</context>
<context>
    <name>VoiceChooser</name>
    <message>
        <source>Language of the voice</source>
        <translation>语音的语言</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>(the best voice installed)</source>
        <translation>（已安装的最佳语音）</translation>
    </message>
    <message>
        <source>{0} (not there now)</source>
        <translation>{0}（当前不可用）</translation>
    </message>
</context>
<context>
    <name>VoiceField</name>
    <message>
        <source>Try it</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>Says a sentence with this voice, speed and volume, in your ear only</source>
        <translation>用此语音、语速和音量说一句话，只有您能听到</translation>
    </message>
    <message>
        <source>Hello, this is the 12345 hotline. The number is 13800138000.</source>
        <translation>您好，这里是幺二三四五热线。号码是，幺三八，零零幺三，八零零零。</translation>
    </message>
</context>
<context>
    <name>VoiceSign</name>
    <message>
        <source>▶ In a pause: {0} (Ctrl+Shift+A stops)</source>
        <translation>▶ 停顿时播出：{0}（Ctrl+Shift+A 停止）</translation>
    </message>
    <message>
        <source>Eyes-free (Ctrl+Shift+O)</source>
        <translation>免视操作（Ctrl+Shift+O）</translation>
    </message>
</context>
<context>
    <name>VoiceTexts</name>
    <message>
        <source>Mandarin</source>
        <translation>普通话</translation>
    </message>
    <message>
        <source>Mandarin (Taiwan)</source>
        <translation>普通话（台湾）</translation>
    </message>
    <message>
        <source>Cantonese (Hong Kong)</source>
        <translation>粤语（香港）</translation>
    </message>
    <message>
        <source>Cantonese</source>
        <translation>粤语</translation>
    </message>
    <message>
        <source>Hakka</source>
        <translation>客家话</translation>
    </message>
    <message>
        <source>Min Nan</source>
        <translation>闽南话</translation>
    </message>
    <message>
        <source>woman</source>
        <translation>女声</translation>
    </message>
    <message>
        <source>man</source>
        <translation>男声</translation>
    </message>
    <message>
        <source>natural</source>
        <translation>自然</translation>
    </message>
    <message>
        <source>the system&apos;s, fast</source>
        <translation>系统语音，快</translation>
    </message>
</context>
<context>
    <name>WallboardWindow</name>
    <message>
        <source>Wallboard</source>
        <translation>大屏</translation>
    </message>
    <message>
        <source>Age of the figures</source>
        <translation>数据更新时间</translation>
    </message>
    <message>
        <source>Answered within 15 s</source>
        <translation>15 秒接通率</translation>
    </message>
    <message>
        <source>Waiting now</source>
        <translation>当前排队</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>最长等待</translation>
    </message>
    <message>
        <source>Calls offered</source>
        <translation>来电总量</translation>
    </message>
    <message>
        <source>Calls answered</source>
        <translation>接通量</translation>
    </message>
    <message>
        <source>Calls abandoned</source>
        <translation>放弃量</translation>
    </message>
    <message>
        <source>Talking now</source>
        <translation>当前通话</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单量</translation>
    </message>
    <message>
        <source>Emergency transfers</source>
        <translation>紧急转接</translation>
    </message>
    <message>
        <source>▲ longer than 15 s</source>
        <translation>▲ 超过 15 秒</translation>
    </message>
    <message>
        <source>within 15 s</source>
        <translation>15 秒以内</translation>
    </message>
    <message>
        <source>since midnight</source>
        <translation>今日零时起</translation>
    </message>
    <message>
        <source>calls connected</source>
        <translation>路通话中</translation>
    </message>
    <message>
        <source>to 110, 119, 120, 122</source>
        <translation>110、119、120、122</translation>
    </message>
    <message>
        <source>no call yet today</source>
        <translation>今日尚无来电</translation>
    </message>
    <message>
        <source>✓ target {0} % met</source>
        <translation>✓ 达标（目标 {0}%）</translation>
    </message>
    <message>
        <source>No figures yet: the centre has not answered</source>
        <translation>暂无数据：中心尚未响应</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} 分钟</translation>
    </message>
    <message>
        <source>12345 hotline, today</source>
        <translation>12345 热线 · 今日运行</translation>
    </message>
    <message>
        <source>calls ringing</source>
        <translation>路振铃待接</translation>
    </message>
    <message>
        <source>{0} open · {1} on call</source>
        <translation>未办结 {0} · 直接答复 {1}</translation>
    </message>
    <message>
        <source>▼ below target {0} %</source>
        <translation>▼ 低于目标 {0}%</translation>
    </message>
    <message>
        <source>⚠ OLD FIGURES, {0} old: the centre does not answer</source>
        <translation>⚠ 数据已过时 {0}：中心没有响应</translation>
    </message>
    <message>
        <source>Figures {0} old</source>
        <translation>{0}前更新</translation>
    </message>
    <message>
        <source>{0} % of all calls</source>
        <translation>占来电 {0}%</translation>
    </message>
    <message>
        <source>The exchange&apos;s queue</source>
        <translation>交换机排队</translation>
    </message>
    <message>
        <source>in the queue, {0} ringing</source>
        <translation>路排队，{0} 路振铃</translation>
    </message>
</context>
<context>
    <name>attention</name>
    <message>
        <source>A call is ringing</source>
        <translation>有来电</translation>
    </message>
</context>
<context>
    <name>caller</name>
    <message>
        <source>odd number “{0}”</source>
        <translation>异常号码“{0}”</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>未显示号码</translation>
    </message>
</context>
<context>
    <name>labels</name>
    <message>
        <source>Ready</source>
        <translation>示闲</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>示忙</translation>
    </message>
    <message>
        <source>On break</source>
        <translation>小休</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>话后处理</translation>
    </message>
    <message>
        <source>Signed off</source>
        <translation>已签出</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>振铃</translation>
    </message>
    <message>
        <source>Dialling</source>
        <translation>呼叫中</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>保持中</translation>
    </message>
    <message>
        <source>Call ended</source>
        <translation>通话结束</translation>
    </message>
    <message>
        <source>calling</source>
        <translation>呼叫中</translation>
    </message>
    <message>
        <source>ringing</source>
        <translation>振铃中</translation>
    </message>
    <message>
        <source>on the line</source>
        <translation>已接通</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>未接通</translation>
    </message>
    <message>
        <source>Inquiry</source>
        <translation>咨询</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>求助</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>意见</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>举报</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>特急</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Answered on call</source>
        <translation>直接答复</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>不予受理</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>Dispatched</source>
        <translation>已派单</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退单</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>来电人</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>公安</translation>
    </message>
    <message>
        <source>Fire</source>
        <translation>消防</translation>
    </message>
    <message>
        <source>Ambulance</source>
        <translation>急救</translation>
    </message>
    <message>
        <source>Traffic accident</source>
        <translation>交通事故</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>Second gateway</source>
        <translation>备用网关</translation>
    </message>
    <message>
        <source>Practice exchange</source>
        <translation>练习交换机</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>诉求类型</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>诉求内容</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Requester</source>
        <translation>诉求人</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系电话</translation>
    </message>
    <message>
        <source>When it happened</source>
        <translation>发生时间</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>紧急程度</translation>
    </message>
    <message>
        <source>Confidential</source>
        <translation>保密</translation>
    </message>
    <message>
        <source>Undertaking unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>a call was not taken</source>
        <translation>来电未接</translation>
    </message>
    <message>
        <source>Suicide</source>
        <translation>轻生</translation>
    </message>
    <message>
        <source>Mass incident</source>
        <translation>群体性</translation>
    </message>
    <message>
        <source>Public safety</source>
        <translation>涉稳</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>核实情况</translation>
    </message>
    <message>
        <source>District</source>
        <translation>区</translation>
    </message>
    <message>
        <source>Sub-district</source>
        <translation>街道</translation>
    </message>
    <message>
        <source>People hurt</source>
        <translation>伤亡情况</translation>
    </message>
    <message>
        <source>Unit named</source>
        <translation>被反映单位</translation>
    </message>
    <message>
        <source>Demand</source>
        <translation>诉求目的</translation>
    </message>
</context>
<context>
    <name>notices</name>
    <message>
        <source>{0} cannot be reached ({1}): no calls come in. Tickets and emergency calls work; it is tried again by itself.</source>
        <translation>{0}无法连接（{1}）：暂无来电进入。工单和紧急呼叫不受影响，系统正在自动重试。</translation>
    </message>
    <message>
        <source>{0} refused the user name or password: no calls come in. Correct them in the settings (Ctrl+,).</source>
        <translation>{0}拒绝了用户名或密码：暂无来电进入。请在设置中更正（Ctrl+,）。</translation>
    </message>
    <message>
        <source>The exchange was lost during the call. What was heard and written is kept: save it, and ring the caller back.</source>
        <translation>通话中与交换机失去连接。已听到和已填写的内容均已保留：请保存，并回拨来电人。</translation>
    </message>
    <message>
        <source>No exchange is set: only practice calls come in. Enter the exchange in the settings (Ctrl+,).</source>
        <translation>尚未设置交换机：只有练习来电。请在设置中填写交换机（Ctrl+,）。</translation>
    </message>
    <message>
        <source>The telephone part of this program stopped and is being started again. Tickets work. In an emergency, use another phone.</source>
        <translation>电话模块已停止，正在重新启动。工单不受影响。如遇紧急情况，请使用其他电话。</translation>
    </message>
    <message>
        <source>The transfer to {0} failed ({1}). The caller is still with you: try again or take the request yourself.</source>
        <translation>转接至 {0} 失败（{1}）。来电人仍与您在线：请重试，或由您受理。</translation>
    </message>
    <message>
        <source>The call did not come about ({0}). Check the number and dial again (F8).</source>
        <translation>呼叫未接通（{0}）。请核对号码后重拨（F8）。</translation>
    </message>
    <message>
        <source>No headset was found: you cannot hear or be heard. Plug one in; everything else works.</source>
        <translation>未检测到耳麦：您听不到对方，对方也听不到您。请插入耳麦；其他功能不受影响。</translation>
    </message>
    <message>
        <source>This is not a telephone number, so no history can be looked up. Ask the caller for a number to ring back.</source>
        <translation>来电号码不是有效号码，无法查询历史。请向来电人询问回拨号码。</translation>
    </message>
    <message>
        <source>Speech recognition stopped and is being started again. The call and its ticket work: type what you hear.</source>
        <translation>语音识别已停止，正在重新启动。通话和工单不受影响：请直接记录来电内容。</translation>
    </message>
    <message>
        <source>This computer is too busy to write down every word: some are left out. Check what the form was filled with.</source>
        <translation>本机负载过高，部分语句未能转写。请核对工单中自动填写的内容。</translation>
    </message>
    <message>
        <source>The speech model {0} is not installed: no words are written down. Everything else works. Install it: python -m app.speech models install {0}</source>
        <translation>语音模型 {0} 未安装：无法转写通话，其他功能不受影响。安装命令：python -m app.speech models install {0}</translation>
    </message>
    <message>
        <source>The file {1} of the speech model {0} is damaged and was not used. Everything else works. Install it again: python -m app.speech models install {0}</source>
        <translation>语音模型 {0} 的文件 {1} 已损坏，未予使用，其他功能不受影响。重新安装：python -m app.speech models install {0}</translation>
    </message>
    <message>
        <source>The speech model {0} wants an engine that this program does not have: {1}. Everything else works. Choose another model in the settings (Ctrl+,).</source>
        <translation>语音模型 {0} 需要本程序没有的识别引擎：{1}。其他功能不受影响。请在设置中另选模型（Ctrl+,）。</translation>
    </message>
    <message>
        <source>The sentence could not be spoken ({0}). Read it to the caller yourself, or choose another voice in the settings (Ctrl+,).</source>
        <translation>语句播报失败（{0}）。请您口头告知来电人，或在设置中另选音色（Ctrl+,）。</translation>
    </message>
    <message>
        <source>The centre cannot be reached. Go on working: tickets get their final numbers here and are sent when it is back.</source>
        <translation>无法连接中心。请照常工作：工单在本机取得正式工单号，中心恢复后自动上传。</translation>
    </message>
    <message>
        <source>The centre answers slowly. Go on working: tickets are kept here and are sent as fast as it takes them.</source>
        <translation>中心响应缓慢。请照常工作：工单已保存在本机，将陆续上传。</translation>
    </message>
    <message>
        <source>What answers at the centre&apos;s address is not the centre. Go on working: tickets are kept here. Tell the technicians to check the address.</source>
        <translation>中心地址上的应答方不是中心。请照常工作：工单已保存在本机。请通知技术人员检查地址。</translation>
    </message>
    <message>
        <source>The centre is newer ({0}) than this program ({1}). Go on working: tickets are kept here and are sent after this program is updated.</source>
        <translation>中心版本（{0}）高于本程序（{1}）。请照常工作：工单已保存在本机，本程序升级后上传。</translation>
    </message>
    <message>
        <source>The centre is older ({0}) than this program ({1}). Go on working: tickets are kept here and are sent after the centre is updated.</source>
        <translation>中心版本（{0}）低于本程序（{1}）。请照常工作：工单已保存在本机，中心升级后上传。</translation>
    </message>
    <message>
        <source>The centre refused ticket {0} ({1}). It is kept here: open it in the ticket table (Ctrl+T), correct it and save.</source>
        <translation>中心未接收工单 {0}（{1}）。工单仍在本机：请在工单列表（Ctrl+T）中打开，更正后保存。</translation>
    </message>
    <message>
        <source>The centre does not know this console ({0}). Tickets are kept here. Enrol it in the settings (Ctrl+,).</source>
        <translation>中心未登记本终端（{0}）。工单已保存在本机。请在设置中登记（Ctrl+,）。</translation>
    </message>
    <message>
        <source>The ticket could not be written ({0}). It is still in the form: save again; if that fails, tell the technicians.</source>
        <translation>工单写入失败（{0}）。内容仍在表单中：请再次保存；仍失败请通知技术人员。</translation>
    </message>
    <message>
        <source>Another program holds the local store. Calls work, nothing can be saved: close the other window of this program.</source>
        <translation>本地数据库被其他程序占用。通话不受影响，但无法保存：请关闭本程序的另一窗口。</translation>
    </message>
    <message>
        <source>The local store does not open with this user&apos;s key. Calls work, nothing can be saved: tell the technicians.</source>
        <translation>当前用户的密钥无法打开本地数据库。通话不受影响，但无法保存：请通知技术人员。</translation>
    </message>
    <message>
        <source>The disk is full: nothing can be saved. The ticket is still in the form: free some space, then save again.</source>
        <translation>磁盘已满，无法保存。工单内容仍在表单中：请释放空间后再次保存。</translation>
    </message>
    <message>
        <source>Settings file {0}, line {1}: {2}. Allowed: {3}. The default is used until the line is corrected.</source>
        <translation>设置文件 {0} 第 {1} 行：{2}。允许：{3}。更正前使用默认值。</translation>
    </message>
    <message>
        <source>Not done: {0}. Still wanted or not allowed: {1}. Nothing was lost.</source>
        <translation>未能改为“{0}”。还缺少或不允许：{1}。内容没有丢失。</translation>
    </message>
    <message>
        <source>The practice exchange is not running: no practice calls. Real calls and tickets work; it is started again by itself.</source>
        <translation>练习交换机未运行：暂无练习来电。真实来电和工单不受影响，系统正在自动重启。</translation>
    </message>
    <message>
        <source>The ticket you were writing when the program stopped is back. Check it, then save or dispatch it.</source>
        <translation>程序中断时正在填写的工单已恢复。请核对后保存或派单。</translation>
    </message>
    <message>
        <source>Ticket {0} is saved. Ctrl+R reads the number to the caller.</source>
        <translation>工单 {0} 已保存。按 Ctrl+R 向来电人播报工单号。</translation>
    </message>
    <message>
        <source>Something in this program went wrong ({0}). What you wrote is kept. If it happens again, tell the technicians.</source>
        <translation>程序内部出现异常（{0}）。您填写的内容已保留。如再次出现，请通知技术人员。</translation>
    </message>
    <message>
        <source>the rules of this city do not allow it</source>
        <translation>本市规则不允许</translation>
    </message>
    <message>
        <source>a ticket to write in</source>
        <translation>需要先有工单</translation>
    </message>
    <message>
        <source>The second gateway gave no way to {0} either ({1}). It is tried again with every press. Tell the technicians.</source>
        <translation>备用网关也无法接通{0}（{1}）。每次按键都会重试。请通知技术人员。</translation>
    </message>
    <message>
        <source>{0} was not reached ({1}). Press again, or dial {0} on another phone NOW. A caller on the line stays on the line.</source>
        <translation>未接通{0}（{1}）。请再按一次，或立即用其他电话拨打{0}！在线的来电人不会被挂断。</translation>
    </message>
    <message>
        <source>The headset {0} was pulled out. The call goes on, perhaps over the loudspeaker: plug it in again, or choose another in the settings (Ctrl+,).</source>
        <translation>耳麦“{0}”已拔出。通话仍在继续，声音可能改由扬声器播放：请重新插入，或在设置中另选设备（Ctrl+,）。</translation>
    </message>
    <message>
        <source>{0} is still on: hanging up cuts the caller off from it. F3 again ends both, Shift+F3 ends {0} alone.</source>
        <translation>{0} 仍在线上：挂机会使来电人与其断开。再按 F3 全部挂断，按 Shift+F3 只结束 {0}。</translation>
    </message>
    <message>
        <source>Another console uses the identity of this one, perhaps a copy. Tickets are kept here, without a number for now; this console is enrolled anew by itself. If this stays, check the enrolment token (Ctrl+,).</source>
        <translation>另一终端（可能是本机的副本）正在使用本终端的身份。工单保存在本机，暂不编号；本终端会自动重新登记。若此提示一直存在，请检查登记令牌（Ctrl+,）。</translation>
    </message>
    <message>
        <source>Ticket {0} now has the number {1}: another ticket had the old one already. Tell the caller the new number.</source>
        <translation>工单 {0} 已改为 {1}：原工单号已被另一工单占用。请将新工单号告知来电人。</translation>
    </message>
    <message>
        <source>No ticket numbers are left here. Tickets are saved all the same; each gets its number by itself when the centre is reached again.</source>
        <translation>本机工单号已用完。工单照常保存；连上中心后自动补发工单号。</translation>
    </message>
    <message>
        <source>Working through the second exchange ({0}). Calls come in as usual; the first is used again by itself once it is steady.</source>
        <translation>正在使用第二台交换机（{0}）。来电照常接入；第一台稳定后会自动切回。</translation>
    </message>
    <message>
        <source>{0} did not prove who it is ({1}): nothing is sent there. Tell the technicians: its certificate, or the file of the authorities in the settings, is wrong.</source>
        <translation>{0}未能证明身份（{1}）：没有向它发送任何内容。请告知技术人员：其证书或设置中的证书机构文件有误。</translation>
    </message>
    <message>
        <source>{0}: no answer so far ({2}); now also called through {1}. The caller hears that help is being called.</source>
        <translation>{0}暂未应答（{2}），正同时经{1}呼叫。来电人能听到正在接通的提示。</translation>
    </message>
    <message>
        <source>{0} has not answered on any way ({1}): all are called again in {2} s, after round {3}. The caller is not in silence; go on talking, or dial {0} on another phone.</source>
        <translation>{0}各路均未应答（{1}），{2} 秒后再次全部呼叫（已呼叫 {3} 轮）。来电人听得到提示，可继续安抚，或用另一部电话拨打 {0}。</translation>
    </message>
    <message>
        <source>The caller and {0} have each other; you are out and free. Shift with the line&apos;s key brings you back.</source>
        <translation>来电人与{0}已接通，您已退出，可接其他来电。按 Shift+该热线的键可返回通话。</translation>
    </message>
    <message>
        <source>The exchange did not join the caller and {0} ({1}): they go on talking through this computer. Leave it running.</source>
        <translation>交换机未能直接转接来电人与{0}（{1}）：双方经本机继续通话，请勿关机。</translation>
    </message>
    <message>
        <source>{0} has left and the caller is still there: with you now, or on hold while you talk with another.</source>
        <translation>{0}已挂断，来电人仍在线：已回到您这里；如您正与他人通话，则来电人在等待中。</translation>
    </message>
    <message>
        <source>The caller in danger was cut off: called back by the program, try {0}. You will hear both here. Esc or F3 stops it.</source>
        <translation>遇险来电人的电话中断，程序正在自动回拨（第 {0} 次），接通后三方在此通话。按 Esc 或 F3 停止。</translation>
    </message>
    <message>
        <source>The caller in danger was not reached in {0} tries. Ring back yourself (Ctrl+F5), and tell the emergency line.</source>
        <translation>自动回拨 {0} 次仍未联系上遇险来电人。请自行回拨（Ctrl+F5），并告知紧急热线。</translation>
    </message>
    <message>
        <source>The hand-off card did not reach the emergency desk ({0}). Read it out: Ctrl+F9. It is sent as soon as that is possible.</source>
        <translation>交接卡未送达接警台（{0}）。请按 Ctrl+F9 口头念给对方；恢复后会自动推送。</translation>
    </message>
    <message>
        <source>The silent alert reached nobody at {0} ({1}). The wallboards show it. Send a colleague, or press the line&apos;s key.</source>
        <translation>静默报警未能送达{0}（{1}），大屏已显示。请让同事协助，或直接按该热线的键。</translation>
    </message>
    <message>
        <source>The exchange did not hand the caller over to {0} ({1}). You, the caller and {0} hear each other now.</source>
        <translation>交换机没有把来电人转给 {0}（{1}）。现在您、来电人和 {0} 三方互相听得到。</translation>
    </message>
    <message>
        <source>The transfer to {0} was refused ({1}). The caller stays on the line; {0} is being called in as a third party.</source>
        <translation>转接 {0} 被拒绝（{1}）。来电人仍在线，正在把 {0} 请入三方通话。</translation>
    </message>
    <message>
        <source>Somebody else is on the line with the caller, and a transfer would part them: {0} is brought in instead.</source>
        <translation>来电人正与第三方通话，转接会使他们断开：改为邀请 {0} 加入三方通话。</translation>
    </message>
    <message>
        <source>A consult call is on: complete the transfer (Ctrl+F7), join all (Shift+F6) or go back to the caller (Ctrl+Shift+F7).</source>
        <translation>咨询还在进行：完成转接（Ctrl+F7）、合并（Shift+F6）或返回来电人（Ctrl+Shift+F7）。</translation>
    </message>
    <message>
        <source>{0} is parked in the exchange at {1}. Any telephone can take the caller back by dialling {1}; here: Ctrl+F6.</source>
        <translation>{0} 已驻留在交换机，驻留号码 {1}。任何话机拨 {1} 即可取回；本席按 Ctrl+F6。</translation>
    </message>
    <message>
        <source>Parked at this desk and still waiting: {0}. Ctrl+F6 takes the caller back.</source>
        <translation>驻留在本席、仍在等候：{0} 位。按 Ctrl+F6 取回。</translation>
    </message>
    <message>
        <source>{0} is parked in the exchange, which says the parking number in your headset. Dial that number to take the caller back.</source>
        <translation>{0} 已驻留在交换机，驻留号码由耳麦报出。拨该号码即可取回。</translation>
    </message>
    <message>
        <source>The exchange did not park the caller at {0} ({1}). The caller is parked at this desk instead: Ctrl+F6 takes him back.</source>
        <translation>交换机没有把来电人驻留到 {0}（{1}），已改为驻留在本席：按 Ctrl+F6 取回。</translation>
    </message>
    <message>
        <source>{0} rang while you did not want to be disturbed. The caller is in the list of missed calls.</source>
        <translation>免打扰期间 {0} 来电，已记入未接来电。</translation>
    </message>
    <message>
        <source>THE CALLER CANNOT HEAR YOU: the microphone {0} gives no sound. Check its plug and its boom, or choose another in the settings (Ctrl+,).</source>
        <translation>对方听不到您：麦克风 {0} 没有声音。请检查插头和麦克风杆，或在设置中另选设备（Ctrl+,）。</translation>
    </message>
    <message>
        <source>THE CALLER CANNOT HEAR YOU: {0} is muted at the headset or in the system. Press the headset&apos;s own mute key.</source>
        <translation>对方听不到您：{0} 在耳麦上或系统里被静音了。请按耳麦自己的静音键。</translation>
    </message>
    <message>
        <source>The keys and lamps of {0} may not be used: the technicians must install the rule {1}. Sound and calls work.</source>
        <translation>{0} 的按键和指示灯没有使用权限：请信息人员安装规则 {1}。声音和通话正常。</translation>
    </message>
    <message>
        <source>The announcement “{0}” has no sound yet: callers do not hear it. It is made as soon as the voice is there.</source>
        <translation>提示音“{0}”还没有声音，来电人听不到；语音就绪后自动生成。</translation>
    </message>
    <message>
        <source>Calls that rang here and were not taken: {0}. The exchange gave them to others. If you are away, say so (Ctrl+3).</source>
        <translation>振铃未接的来电：{0} 个，交换机已转给其他坐席。如需离开，请先小休（Ctrl+3）。</translation>
    </message>
    <message>
        <source>YOU ARE BUSY NOW: a call rang here for {0} s and was not taken, so it went to another agent. Ctrl+1: ready again.</source>
        <translation>您已被置忙：来电振铃 {0} 秒未接，已转给其他坐席。Ctrl+1：恢复示闲。</translation>
    </message>
    <message>
        <source>The exchange&apos;s queue does not know your state: the code {0} failed ({1}). It is dialled again by itself.</source>
        <translation>交换机排队尚不知道您的状态：特征码 {0} 失败（{1}）。程序会自动重拨。</translation>
    </message>
    <message>
        <source>{0} is listening to this call: both of you are heard, {0} is not.</source>
        <translation>{0} 正在监听本次通话：能听到双方，双方听不到 {0}。</translation>
    </message>
    <message>
        <source>{0} is on this call and speaks to you; the caller hears only you.</source>
        <translation>{0} 正在对您耳语；来电人只能听到您。</translation>
    </message>
    <message>
        <source>{0} is on this call: you and the caller both hear each word.</source>
        <translation>{0} 已进入本次通话：您和来电人都能听到其讲话。</translation>
    </message>
    <message>
        <source>The centre does not know this console as a team lead&apos;s: enrol it with a team lead&apos;s token (Ctrl+,).</source>
        <translation>中心未将本终端登记为班长终端：请用班长令牌登记（Ctrl+,）。</translation>
    </message>
    <message>
        <source>This agent is in no call that you could take part in ({0}).</source>
        <translation>该坐席没有可以介入的通话（{0}）。</translation>
    </message>
    <message>
        <source>End your own call first: then you can take part in another&apos;s.</source>
        <translation>请先结束您自己的通话，再介入他人的通话。</translation>
    </message>
    <message>
        <source>You could not be joined to the call ({0}). Calls and tickets work; try again, or go to the agent&apos;s desk.</source>
        <translation>未能接入该通话（{0}）。电话和工单不受影响；请重试，或到坐席旁处理。</translation>
    </message>
    <message>
        <source>The abuse shield did nothing: {0}.</source>
        <translation>文明提醒未执行：{0}。</translation>
    </message>
    <message>
        <source>The abuse shield rests: “{0}”. No notice is played and the call is not ended by rule.</source>
        <translation>文明提醒已暂停：“{0}”。不播放提醒，也不会按规定结束通话。</translation>
    </message>
    <message>
        <source>Agent {0} is being abused: {1} {2}.</source>
        <translation>坐席 {0} 正遭受辱骂骚扰：{1} {2}。</translation>
    </message>
    <message>
        <source>The silent caller pressed 1: somebody needs help and cannot speak. Stay on the line.</source>
        <translation>无声来电按了 1：对方需要帮助但不方便说话，请保持通话。</translation>
    </message>
    <message>
        <source>The evidence of this call is sealed: {0}{1}.</source>
        <translation>本次通话的证据已封存：{0}{1}。</translation>
    </message>
    <message>
        <source>An open copy of {0} was written to {1}. That is in the record.</source>
        <translation>{0} 的明文副本已写到 {1}，已留痕。</translation>
    </message>
    <message>
        <source>The evidence could not be sealed or read: {0}. Try again.</source>
        <translation>证据无法封存或读取：{0}。请重试。</translation>
    </message>
    <message>
        <source>The call is not being recorded ({0}). The call itself is not touched; recording goes on by itself when it can.</source>
        <translation>通话未能录音（{0}）。通话不受影响；条件恢复后会自动继续录音。</translation>
    </message>
    <message>
        <source>This sentence cannot be played: {0}.</source>
        <translation>这句话无法播放：{0}。</translation>
    </message>
    <message>
        <source>The line is bad (Ctrl+Shift+I shows it): {0}</source>
        <translation>通话质量差（Ctrl+Shift+I 查看）：{0}</translation>
    </message>
    <message>
        <source>The mark on {0} stands at this desk only: the centre knows no team lead here. Enrol with a lead&apos;s token (Ctrl+,).</source>
        <translation>号码 {0} 的标注只在本机有效：中心没有把本机登记为班长的终端。请用班长令牌登记（Ctrl+,）。</translation>
    </message>
    <message>
        <source>No whispering while others are on the agent&apos;s call: they would hear it. Listen, or barge in so that all hear you.</source>
        <translation>坐席的通话里还有其他人，不能耳语：他们会听到您的话。请监听，或强插让所有人听到。</translation>
    </message>
    <message>
        <source>The speech model {0} is for another language ({1}, wanted: {2}) and was not used. Everything else works. Choose another model in the settings (Ctrl+,).</source>
        <translation>语音模型 {0} 是其他语言的（{1}，需要 {2}），未启用。其余功能正常。请在设置（Ctrl+,）中另选模型。</translation>
    </message>
    <message>
        <source>The file {1} in the folder of the speech model {0} is not the model&apos;s: the model was not used. Everything else works. Remove the file; listening then begins by itself.</source>
        <translation>语音模型 {0} 的文件夹里有不属于它的文件 {1}，模型未启用。其余功能正常。删除该文件后会自动开始转写。</translation>
    </message>
    <message>
        <source>The speech model {0} cannot be read ({1}: {2}). Everything else works. Ask IT to put the rights of its folder right; listening then begins by itself.</source>
        <translation>语音模型 {0} 无法读取（{1}：{2}）。其余功能正常。请信息人员修正文件夹权限，之后会自动开始转写。</translation>
    </message>
    <message>
        <source>The team lead is warned: the wallboards show it. The caller hears nothing of it.</source>
        <translation>已向班长预警，大屏已显示，来电人听不到。</translation>
    </message>
    <message>
        <source>The warning did not reach the lead&apos;s telephone ({0}). The wallboards show it.</source>
        <translation>预警未送达班长电话（{0}），大屏已显示。</translation>
    </message>
    <message>
        <source>The list of the site&apos;s words was not taken ({0}, line {1}): {2}. The words known before stay; it is read again as soon as the file changes.</source>
        <translation>本单位词表未采用（{0} 第 {1} 行）：{2}。原有词语保留；文件改动后会自动重新读取。</translation>
    </message>
    <message>
        <source>The transcript was written to {0}. That is in the record; the file is not enciphered.</source>
        <translation>通话文字已导出到 {0}，导出已留痕；该文件未加密。</translation>
    </message>
    <message>
        <source>The transcript could not be written to {0}: {1}. Choose another place (Ctrl+Shift+T).</source>
        <translation>通话文字未能导出到 {0}：{1}。请换一个位置（Ctrl+Shift+T）。</translation>
    </message>
    <message>
        <source>Not said, the caller left no pause: “{0}”. Ctrl+Shift+A says it in the next one.</source>
        <translation>来电人一直在说话，未播出：“{0}”。按 Ctrl+Shift+A 在下一个停顿播出。</translation>
    </message>
    <message>
        <source>Stopped, the caller began to speak: “{0}”. Ctrl+Shift+A says it again.</source>
        <translation>来电人开始说话，已停止播报：“{0}”。按 Ctrl+Shift+A 重播。</translation>
    </message>
    <message>
        <source>Calls are not written down here: the site has switched recognition off (settings, Ctrl+,).</source>
        <translation>本中心已关闭语音转写，通话不转写为文字（设置，Ctrl+,）。</translation>
    </message>
    <message>
        <source>The speech model {0} is still being loaded ({1} s). Calls and tickets work; what is said meanwhile is written down afterwards, as far as it is kept.</source>
        <translation>语音模型 {0} 仍在加载（已 {1} 秒）。通话和工单照常；这段时间说的话在保留范围内会补写。</translation>
    </message>
    <message>
        <source>The speech model {0} cannot be loaded: its engine stops over it. Calls and tickets work. Choose another model in the settings (Ctrl+,), or ask IT to install it again; it is tried again at the next start of the program.</source>
        <translation>语音模型 {0} 无法加载：识别引擎一加载它就停住。通话和工单照常。请在设置（Ctrl+,）中换一个模型，或请信息人员重新安装；程序下次启动时会再试。</translation>
    </message>
    <message>
        <source>Nothing was put right by itself here, so there is nothing to undo. Correct the sentence with Ctrl+Y.</source>
        <translation>这里没有自动订正过的词，无可撤销。要改这句话请按 Ctrl+Y。</translation>
    </message>
    <message>
        <source>The natural voices are not used: a file of {0} is not as it should be ({1}). The system&apos;s voice speaks instead. Install them again: python -m app.speech models install {0}</source>
        <translation>自然语音未启用：{0} 的文件不符（{1}），改由系统语音播报。请重新安装：python -m app.speech models install {0}</translation>
    </message>
    <message>
        <source>The caller has not heard the notice to its end, so nothing is written down. Ctrl+Shift+Z plays it again when nobody else is on the line; once the caller has heard it, writing begins.</source>
        <translation>来电人没有听完告知语，所以没有转写。没有其他人在线时按 Ctrl+Shift+Z 重播，来电人听完即开始转写。</translation>
    </message>
</context>
</TS>
