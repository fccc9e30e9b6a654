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
        <source>{0}, {1} unsent</source>
        <translation>{0}，{1} 项未上传</translation>
    </message>
    <message>
        <source>⚠ Consoles not synchronised: {0}</source>
        <translation>⚠ 未同步终端：{0} 台</translation>
    </message>
    <message>
        <source>✓ All consoles synchronised</source>
        <translation>✓ 全部终端已同步</translation>
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
        <translation>返回列表 (Esc)</translation>
    </message>
    <message>
        <source>Use this answer (Enter)</source>
        <translation>采用此答案 (Enter)</translation>
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
        <source>+ {0} · {1} {2}</source>
        <translation>+ {0} · {1} {2}</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Turn to</source>
        <translation>切换</translation>
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
        <translation>完成 (Esc)</translation>
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
        <translation>拨打 (Enter)</translation>
    </message>
    <message>
        <source>Transfer (Enter)</source>
        <translation>转接 (Enter)</translation>
    </message>
    <message>
        <source>Bring in (Enter)</source>
        <translation>邀请 (Enter)</translation>
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
        <source>End {0}</source>
        <translation>结束 {0}</translation>
    </message>
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
    <name>FieldHead</name>
    <message>
        <source>unsure: {0}</source>
        <translation>待核实：{0}</translation>
    </message>
    <message>
        <source>Filled from the words of the call. Click, or {0} in the field: it is right.</source>
        <translation>根据通话内容自动填写。核对无误后点击此处，或在字段内按 {0} 确认。</translation>
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
        <translation>依据原话 {0}</translation>
    </message>
    <message>
        <source>unsure: {0} confirms</source>
        <translation>待核实：按 {0} 确认</translation>
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
        <translation>关闭 (Esc)</translation>
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
        <translation>正在生成市民语音…</translation>
    </message>
    <message>
        <source>The citizen is calling: answer the call</source>
        <translation>市民正在呼入，请接听</translation>
    </message>
    <message>
        <source>The citizen is talking with you</source>
        <translation>正在与市民通话</translation>
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
        <source>Saved sentences</source>
        <translation>常用语句</translation>
    </message>
    <message>
        <source>To the &amp;caller (Enter)</source>
        <translation>播给来电人(&amp;C)</translation>
    </message>
    <message>
        <source>To &amp;me only</source>
        <translation>只播给我(&amp;M)</translation>
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
        <source>host:port of the telephone exchange; empty: only the practice exchange calls.</source>
        <translation>电话交换机的“主机:端口”；留空则只有练习来电。</translation>
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
        <translation>麦克风增益</translation>
    </message>
    <message>
        <source>Earpiece gain</source>
        <translation>听筒增益</translation>
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
        <source>(the best voice installed)</source>
        <translation>（已安装的最佳音色）</translation>
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
</context>
<context>
    <name>SideWindows</name>
    <message>
        <source>Go back</source>
        <translation>返回</translation>
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
        <translation>来电人要求对承办单位隐去姓名和号码</translation>
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
        <translation>未录入：每个字段最多 {0} 字</translation>
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
</context>
<context>
    <name>notices</name>
    <message>
        <source>{0} cannot be reached ({1}): no calls come in. Tickets and emergency calls work; it is tried again by itself.</source>
        <translation>{0}无法连接（{1}）：暂无来电进入。工单和紧急呼叫不受影响，系统正在自动重试。</translation>
    </message>
    <message>
        <source>{0} refused the user name or password: no calls come in. Correct them in the settings (Ctrl+,).</source>
        <translation>{0}拒绝了用户名或密码：暂无来电进入。请在设置中更正 (Ctrl+,)。</translation>
    </message>
    <message>
        <source>The exchange was lost during the call. What was heard and written is kept: save it, and ring the caller back.</source>
        <translation>通话中与交换机失去连接。已听到和已填写的内容均已保留：请保存，并回拨来电人。</translation>
    </message>
    <message>
        <source>No exchange is set: only practice calls come in. Enter the exchange in the settings (Ctrl+,).</source>
        <translation>尚未设置交换机：只有练习来电。请在设置中填写交换机 (Ctrl+,)。</translation>
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
        <translation>呼叫未接通（{0}）。请核对号码后重拨 (F8)。</translation>
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
        <translation>语音模型 {0} 需要本程序没有的识别引擎：{1}。其他功能不受影响。请在设置中另选模型 (Ctrl+,)。</translation>
    </message>
    <message>
        <source>The sentence could not be spoken ({0}). Read it to the caller yourself, or choose another voice in the settings (Ctrl+,).</source>
        <translation>语句播报失败（{0}）。请您口头告知来电人，或在设置中另选音色 (Ctrl+,)。</translation>
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
        <translation>中心未接收工单 {0}（{1}）。工单仍在本机：请在工单列表 (Ctrl+T) 中打开，更正后保存。</translation>
    </message>
    <message>
        <source>The centre does not know this console ({0}). Tickets are kept here. Enrol it in the settings (Ctrl+,).</source>
        <translation>中心未登记本终端（{0}）。工单已保存在本机。请在设置中登记 (Ctrl+,)。</translation>
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
        <translation>未执行：{0}。缺少或不允许：{1}。内容没有丢失。</translation>
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
        <translation>耳麦“{0}”已拔出。通话仍在继续，声音可能改由扬声器播放：请重新插入，或在设置中另选设备 (Ctrl+,)。</translation>
    </message>
    <message>
        <source>{0} is still on: hanging up cuts the caller off from it. F3 again ends both, Shift+F3 ends {0} alone.</source>
        <translation>{0} 仍在线上：挂机会使来电人与其断开。再按 F3 全部挂断，按 Shift+F3 只结束 {0}。</translation>
    </message>
    <message>
        <source>Another console uses the identity of this one, perhaps a copy. Tickets are kept here, without a number for now; this console is enrolled anew by itself. If this stays, check the enrolment token (Ctrl+,).</source>
        <translation>另一终端（可能是本机的副本）正在使用本终端的身份。工单保存在本机，暂不编号；本终端会自动重新登记。若此提示一直存在，请检查登记令牌 (Ctrl+,)。</translation>
    </message>
    <message>
        <source>Ticket {0} now has the number {1}: another ticket had the old one already. Tell the caller the new number.</source>
        <translation>工单 {0} 已改为 {1}：原工单号已被另一工单占用。请将新工单号告知来电人。</translation>
    </message>
    <message>
        <source>No ticket numbers are left here. Tickets are saved all the same; each gets its number by itself when the centre is reached again.</source>
        <translation>本机工单号已用完。工单照常保存；连上中心后自动补发工单号。</translation>
    </message>
</context>
</TS>
