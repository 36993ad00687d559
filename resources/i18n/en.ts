<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Attract</name>
    <message>
        <source>轻轻一按，开始办事</source>
        <translation>Touch the screen to begin</translation>
    </message>
    <message>
        <source>7×24小时，天天都能办</source>
        <translation>Open day and night, every day</translation>
    </message>
    <message>
        <source>找到要办的事，看清带什么</source>
        <translation>Find a service and see what to bring</translation>
    </message>
    <message>
        <source>在这里申请，拿一个编号</source>
        <translation>Apply here and get a number</translation>
    </message>
    <message>
        <source>事情没办成，告诉我们</source>
        <translation>Something went wrong? Tell us</translation>
    </message>
    <message>
        <source>演示系统 · 内容均为演示数据</source>
        <translation>Demonstration · all content is demo data</translation>
    </message>
</context>
<context>
    <name>Bar</name>
    <message>
        <source>用手指在框里写字，一次写一个</source>
        <translation>Write with a finger in the box, one at a time</translation>
    </message>
    <message>
        <source>打拼音或者首字母，再点要的字</source>
        <translation>Type pinyin or initials, then choose</translation>
    </message>
    <message>
        <source>照笔顺点笔画，再点要的字</source>
        <translation>Tap the strokes in order, then choose</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Less</translation>
    </message>
    <message>
        <source>更多字</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message>
        <source>上个月</source>
        <translation>Earlier</translation>
    </message>
    <message>
        <source>下个月</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>日</source>
        <translation>Sun</translation>
    </message>
</context>
<context>
    <name>Category</name>
    <message>
        <source>%1 项 · %2</source>
        <translation>Services: %1 · %2</translation>
    </message>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
    <message>
        <source>这里没有这一类的事。换一个条件，或者写出来找。</source>
        <translation>There is nothing of this sort here. Change a filter, or write what you want.</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>写出来找</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>EraseKey</name>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>Follow</name>
    <message>
        <source>查办理进度</source>
        <translation>Follow a case</translation>
    </message>
    <message>
        <source>受理编号，例如 BBC-7K4M-92QX-5</source>
        <translation>Number, e.g. BBC-7K4M-92QX-5</translation>
    </message>
    <message>
        <source>查询码，6 位数字</source>
        <translation>Query code, 6 digits</translation>
    </message>
    <message>
        <source>接着填</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>这件事没办成？</source>
        <translation>Could not get it done?</translation>
    </message>
    <message>
        <source>已经打印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>打印大纸</source>
        <translation>Print on A4</translation>
    </message>
    <message>
        <source>您交的件在这台机器里</source>
        <translation>What you handed in is in this machine</translation>
    </message>
    <message>
        <source>现在查不到进度</source>
        <translation>The progress cannot be looked up now</translation>
    </message>
    <message>
        <source>现在查不到最新进度</source>
        <translation>The latest progress cannot be looked up now</translation>
    </message>
    <message>
        <source>您交的件安全存在本机，还没有送到中心。联网后会自动送达，请过些时候再来查。</source>
        <translation>Your submission is safely stored in this machine and not yet at the centre. It is delivered by itself once connected; please look again later.</translation>
    </message>
    <message>
        <source>正在查…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>照着单子上的编号和查询码填。横线不用填，大小写都行。上次没填完的，在编号里填取回码。</source>
        <translation>Type number and code as on your slip; dashes and capitals do not matter. For an unfinished form, type its code as the number.</translation>
    </message>
    <message>
        <source>照着单子上的编号和查询码填；也可以把单子上的二维码放到扫码口，再填查询码。上次没填完的，在编号里填取回码。</source>
        <translation>Type number and code as on your slip, or scan its QR code and type the code. For an unfinished form, type its code as the number.</translation>
    </message>
    <message>
        <source>查一查</source>
        <translation>Look it up</translation>
    </message>
    <message>
        <source>不用等网络，这些可以先交在这里，连上以后自动送到：</source>
        <translation>No need to wait for the network. You can hand these in here; they are sent as soon as there is a connection:</translation>
    </message>
    <message>
        <source>%1的答复</source>
        <translation>Answer from %1</translation>
    </message>
    <message>
        <source>最晚 %1 前告诉您和反映窗口。</source>
        <translation>You and the window will be told by %1 at the latest.</translation>
    </message>
    <message>
        <source>看完了，离开</source>
        <translation>Done, leave</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>标准版</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>长辈版</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>朗读</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>怎么读</source>
        <translation>Voice</translation>
    </message>
    <message>
        <source>请人帮忙</source>
        <translation>Get help</translation>
    </message>
    <message>
        <source>结束离开</source>
        <translation>Leave</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>演示数据</source>
        <translation>Demo data</translation>
    </message>
    <message>
        <source>有问题打电话</source>
        <translation>Questions? Call</translation>
    </message>
    <message>
        <source>咨询 %1&#x3000;投诉 %2</source>
        <translation>Advice %1, complaints %2</translation>
    </message>
    <message>
        <source>要带什么（一次说清）</source>
        <translation>What to bring (the whole list)</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>不用带材料。</source>
        <translation>Nothing to bring.</translation>
    </message>
    <message>
        <source>什么情况能办</source>
        <translation>Who can apply, and when</translation>
    </message>
    <message>
        <source>怎么办</source>
        <translation>How it goes</translation>
    </message>
    <message>
        <source>大家常问</source>
        <translation>Often asked</translation>
    </message>
    <message>
        <source>这件事没办成？</source>
        <translation>Could not get it done?</translation>
    </message>
    <message>
        <source>打印、带走</source>
        <translation>Print, take along</translation>
    </message>
    <message>
        <source>选归属地</source>
        <translation>Choose place</translation>
    </message>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1&#x3000;%2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Hand</name>
    <message>
        <source>撤一笔</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>重写</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>没有网络</source>
        <translation>No network</translation>
    </message>
    <message>
        <source>工作时间</source>
        <translation>Windows open</translation>
    </message>
    <message>
        <source>非工作时间</source>
        <translation>Windows closed</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>写出来，帮我找</source>
        <translation>Type it and find it</translation>
    </message>
    <message>
        <source>我的事办得怎样</source>
        <translation>How my case stands</translation>
    </message>
    <message>
        <source>其他 %1 项</source>
        <translation>%1 other services</translation>
    </message>
    <message>
        <source>事情没办成，我要反映</source>
        <translation>Something went wrong: report it</translation>
    </message>
    <message>
        <source>您好，今天想办什么？</source>
        <translation>Hello, what brings you here today?</translation>
    </message>
    <message>
        <source>用您自己的话写</source>
        <translation>In your own words</translation>
    </message>
    <message>
        <source>用您自己的话写，例如：社保卡丢了</source>
        <translation>In your own words: lost my card</translation>
    </message>
    <message>
        <source>去找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>%1 项</source>
        <translation>Services: %1</translation>
    </message>
    <message>
        <source>我要反映</source>
        <translation>Report it</translation>
    </message>
    <message>
        <source>事情没办成？</source>
        <translation>Something went wrong?</translation>
    </message>
    <message>
        <source>没人收、一直拖、来回跑、互相推：告诉我们，登记督办，有结果回复您</source>
        <translation>Turned away? Kept waiting? Tell us and get an answer.</translation>
    </message>
    <message>
        <source>选归属地</source>
        <translation>Choose place</translation>
    </message>
    <message>
        <source>查办理进度</source>
        <translation>Follow a case</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>都不是，这个字写不出来（〓）</source>
        <translation>None of these: it cannot be written here</translation>
    </message>
    <message>
        <source>手写</source>
        <translation>By hand</translation>
    </message>
    <message>
        <source>拼音</source>
        <translation>Pinyin</translation>
    </message>
    <message>
        <source>笔画</source>
        <translation>Strokes</translation>
    </message>
    <message>
        <source>数字</source>
        <translation>Digits</translation>
    </message>
    <message>
        <source>ABC</source>
        <translation>ABC</translation>
    </message>
</context>
<context>
    <name>Letters</name>
    <message>
        <source>大写</source>
        <translation>Capitals</translation>
    </message>
</context>
<context>
    <name>LineKey</name>
    <message>
        <source>原样</source>
        <translation>As is</translation>
    </message>
    <message>
        <source>换行</source>
        <translation>Enter</translation>
    </message>
</context>
<context>
    <name>ListeningChoices</name>
    <message>
        <source>怎么读</source>
        <translation>How to read</translation>
    </message>
    <message>
        <source>接着读</source>
        <translation>Go on reading</translation>
    </message>
    <message>
        <source>从头再读</source>
        <translation>Read it again</translation>
    </message>
    <message>
        <source>慢一点</source>
        <translation>Slower</translation>
    </message>
    <message>
        <source>快一点</source>
        <translation>Faster</translation>
    </message>
    <message>
        <source>小声点</source>
        <translation>Softer</translation>
    </message>
    <message>
        <source>大声点</source>
        <translation>Louder</translation>
    </message>
    <message>
        <source>不读了</source>
        <translation>Stop reading</translation>
    </message>
</context>
<context>
    <name>LongField</name>
    <message>
        <source>多了 %1 个字</source>
        <translation>%1 characters too many</translation>
    </message>
    <message>
        <source>还能写 %1 个字</source>
        <translation>%1 characters left</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>您上一次的提交已保存，不用再交一遍。</source>
        <translation>Your last submission is stored; there is no need to hand it in again.</translation>
    </message>
    <message>
        <source>这台机器存满了，暂时不能填表和反映，请用旁边的机器。查询和看指南照常。</source>
        <translation>This machine is full: no forms or reports for now, please use the next one. Looking things up and reading guides works as ever.</translation>
    </message>
    <message>
        <source>请人帮忙</source>
        <translation>Get help</translation>
    </message>
    <message>
        <source>请招手叫大厅里的导巡员，可以请他帮您操作。</source>
        <translation>Wave to the staff in the hall; they can help you use this machine.</translation>
    </message>
    <message>
        <source>工作日 %1，可以到%2当面办。</source>
        <translation>On working days, %1, you can also go to %2.</translation>
    </message>
    <message>
        <source>没有人在的时候，可以打政务服务便民热线 12345，全天有人接。</source>
        <translation>When nobody is here, call the public service hotline 12345; it answers day and night.</translation>
    </message>
    <message>
        <source>事项目录第 %1 期 · 演示数据</source>
        <translation>Catalogue edition %1 · demo data</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>稍等一下</source>
        <translation>One moment, please</translation>
    </message>
    <message>
        <source>您还在吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>%1 秒后会清除您填的内容，保护您的隐私。</source>
        <translation>To protect your privacy, what you filled in will be erased in %1 seconds.</translation>
    </message>
    <message>
        <source>我还在，继续办</source>
        <translation>I&apos;m here, go on</translation>
    </message>
    <message>
        <source>清除并离开</source>
        <translation>Erase and leave</translation>
    </message>
    <message>
        <source>这台机器正在维护</source>
        <translation>This machine is being serviced</translation>
    </message>
    <message>
        <source>请用旁边的机器，或者请大厅里的人帮忙。</source>
        <translation>Please use another one, or ask the staff in the hall.</translation>
    </message>
</context>
<context>
    <name>NavRow</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>公安</source>
        <translation>Police</translation>
    </message>
    <message>
        <source>消防</source>
        <translation>Fire</translation>
    </message>
    <message>
        <source>急救</source>
        <translation>Ambulance</translation>
    </message>
    <message>
        <source>找谁</source>
        <translation>Turn to</translation>
    </message>
    <message>
        <source>打电话</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>别的办法</source>
        <translation>Another way</translation>
    </message>
    <message>
        <source>带什么</source>
        <translation>Bring</translation>
    </message>
    <message>
        <source>已经打印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>看这件事要带什么</source>
        <translation>See what to bring</translation>
    </message>
    <message>
        <source>去找要办的事</source>
        <translation>Find a service</translation>
    </message>
    <message>
        <source>回到首页</source>
        <translation>To the start</translation>
    </message>
</context>
<context>
    <name>Pager</name>
    <message>
        <source>上一页</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>第 %1 / %2 页</source>
        <translation>Page %1 / %2</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>Parked</name>
    <message>
        <source>先放在这里，您去拿材料</source>
        <translation>It waits here while you fetch your papers</translation>
    </message>
    <message>
        <source>请抄下取回码。回来在这台机器上点“查办理进度”，填取回码，就能接着填。</source>
        <translation>Please copy the code. When you are back, touch “Follow a case” at this machine and type the code to go on.</translation>
    </message>
    <message>
        <source>只到今天（%1）夜里 12 点。过了就删掉，谁也看不到。</source>
        <translation>Only until midnight today (%1). Then it is deleted; nobody sees it.</translation>
    </message>
    <message>
        <source>已经打印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>我抄好了，离开</source>
        <translation>I have copied it, leave</translation>
    </message>
</context>
<context>
    <name>Pay</name>
    <message>
        <source>正在查，请稍等……</source>
        <translation>Looking it up, one moment…</translation>
    </message>
    <message>
        <source>没有要交的钱</source>
        <translation>Nothing is due</translation>
    </message>
    <message>
        <source>付钱的二维码</source>
        <translation>QR code for paying</translation>
    </message>
    <message>
        <source>演示数据，不会真的扣钱。机器不收钱，也不碰您的银行卡。</source>
        <translation>Demo data, no money will be taken. This machine takes no money and never sees your card.</translation>
    </message>
    <message>
        <source>先记下来，查到告诉我</source>
        <translation>Note it, tell me later</translation>
    </message>
    <message>
        <source>再查一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>好了，离开</source>
        <translation>Done, leave</translation>
    </message>
</context>
<context>
    <name>Pen</name>
    <message>
        <source>写字的地方</source>
        <translation>Writing area</translation>
    </message>
</context>
<context>
    <name>Photographing</name>
    <message>
        <source>手指划过的地方就涂黑</source>
        <translation>Where your finger goes turns black</translation>
    </message>
    <message>
        <source>从一个角划到另一个角，框里的留下</source>
        <translation>Draw from one corner to the other; what is inside stays</translation>
    </message>
    <message>
        <source>看得清吗？不想让人看的，可以涂黑</source>
        <translation>Can it be read? Black out what is nobody&apos;s business</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>涂黑</source>
        <translation>Black out</translation>
    </message>
    <message>
        <source>裁边</source>
        <translation>Cut</translation>
    </message>
    <message>
        <source>转一下</source>
        <translation>Turn</translation>
    </message>
    <message>
        <source>退一步</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>不拍了</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>重拍</source>
        <translation>Again</translation>
    </message>
    <message>
        <source>清楚，就用这张</source>
        <translation>Clear, use it</translation>
    </message>
    <message>
        <source>拍一张</source>
        <translation>Take it</translation>
    </message>
</context>
<context>
    <name>PictureShelf</name>
    <message>
        <source>这台机器没有照相机。单子请留好，窗口问起来再拿出来。</source>
        <translation>This machine has no camera. Please keep the slip and show it when a window asks.</translation>
    </message>
    <message>
        <source>拍一张单子</source>
        <translation>Photograph a slip</translation>
    </message>
    <message>
        <source>已经拍满了</source>
        <translation>No more room</translation>
    </message>
    <message>
        <source>把单子平放在镜头下面</source>
        <translation>Lay the slip flat under the camera</translation>
    </message>
    <message>
        <source>第 %1 张</source>
        <translation>Picture %1</translation>
    </message>
    <message>
        <source>不要第 %1 张</source>
        <translation>Remove picture %1</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>%1 · 第 %2 步，最多还有 %3 步</source>
        <translation>%1 · step %2, at most %3 more</translation>
    </message>
    <message>
        <source>%1 · 最后一步</source>
        <translation>%1 · last step</translation>
    </message>
    <message>
        <source>去拿材料</source>
        <translation>Fetch papers</translation>
    </message>
    <message>
        <source>同意，继续</source>
        <translation>I agree, go on</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message>
        <source>受理编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>查询码</source>
        <translation>Query code</translation>
    </message>
    <message>
        <source>请抄下编号和查询码，也可以用手机扫右边的码查进度。</source>
        <translation>Please copy the number and the query code. You can also scan the code on the right with a phone to follow it.</translation>
    </message>
    <message>
        <source>已经打印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>查进度的二维码</source>
        <translation>QR code to follow the case</translation>
    </message>
    <message>
        <source>中心已收到。</source>
        <translation>The centre has received it.</translation>
    </message>
    <message>
        <source>已安全存在本机，联网后自动送到中心。</source>
        <translation>Safely stored in this machine; it goes to the centre by itself once connected.</translation>
    </message>
    <message>
        <source>接下来</source>
        <translation>What happens next</translation>
    </message>
    <message>
        <source>办事指南</source>
        <translation>The guide</translation>
    </message>
    <message>
        <source>打印大纸</source>
        <translation>Print on A4</translation>
    </message>
    <message>
        <source>我拿好了，离开（%1）</source>
        <translation>I have noted it, leave (%1)</translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message>
        <source>正在查，请稍等……</source>
        <translation>Looking it up, one moment…</translation>
    </message>
    <message>
        <source>出具：%1&#x3000;查验码：%2</source>
        <translation>Issued by %1, check code %2</translation>
    </message>
    <message>
        <source>已经打印，请取走。</source>
        <translation>Printed. Please take it.</translation>
    </message>
    <message>
        <source>打印机现在用不了，可以先在屏幕上看。</source>
        <translation>The printer cannot be used now. You can read it on the screen.</translation>
    </message>
    <message>
        <source>先记下来，查到告诉我</source>
        <translation>Note it, tell me later</translation>
    </message>
    <message>
        <source>再查一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>正在打印……</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>打印出来</source>
        <translation>Print it</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>看好了，离开</source>
        <translation>Done, leave</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>请您看一遍，对不对？</source>
        <translation>Please check: is everything right?</translation>
    </message>
    <message>
        <source>看全文</source>
        <translation>Read all</translation>
    </message>
    <message>
        <source>改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Fold</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>没问题，提交</source>
        <translation>All right, submit</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>找要办的事</source>
        <translation>Find a service</translation>
    </message>
    <message>
        <source>用您自己的话写，手写、拼音都行</source>
        <translation>In your own words, also in pinyin</translation>
    </message>
    <message>
        <source>没有完全对上的。是不是这几件？</source>
        <translation>Nothing fits quite. Is it one of these?</translation>
    </message>
    <message>
        <source>没有找到。换个说法试试，或者：</source>
        <translation>Nothing found. Try other words, or:</translation>
    </message>
    <message>
        <source>按类别找</source>
        <translation>Browse</translation>
    </message>
    <message>
        <source>请人帮忙</source>
        <translation>Get help</translation>
    </message>
    <message>
        <source>事情没办成，我要反映</source>
        <translation>Something went wrong: report it</translation>
    </message>
    <message>
        <source>想到什么写什么，例如“社保卡丢了”。可以用手指写字，也可以打拼音，只打首字母也行。一边写一边找。</source>
        <translation>Write what comes to mind, such as “社保卡丢了” (lost my social security card): with a finger, in pinyin, or only its initials. Results show as you write.</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>前面的</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>更多</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>SpaceKey</name>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
</context>
<context>
    <name>Strokes</name>
    <message>
        <source>任意一笔</source>
        <translation>Any</translation>
    </message>
</context>
<context>
    <name>TakeAway</name>
    <message>
        <source>把办事指南带回家</source>
        <translation>Take the guide home</translation>
    </message>
    <message>
        <source>%1 · 演示数据</source>
        <translation>%1 · demo data</translation>
    </message>
    <message>
        <source>用手机扫一扫，全部内容都在手机上看</source>
        <translation>Scan it to read everything on your phone</translation>
    </message>
    <message>
        <source>办事指南的二维码</source>
        <translation>QR code of the guide</translation>
    </message>
    <message>
        <source>没有手机，就抄下这个短码，到哪台机器都能查：</source>
        <translation>No phone? Copy this short code; any machine will find it:</translation>
    </message>
    <message>
        <source>打印小票</source>
        <translation>Print a slip</translation>
    </message>
    <message>
        <source>打印一张大纸，字大一些</source>
        <translation>Print a sheet, larger type</translation>
    </message>
    <message>
        <source>已经打印，请取走。</source>
        <translation>Printed. Please take it.</translation>
    </message>
    <message>
        <source>正在打印……</source>
        <translation>Printing…</translation>
    </message>
    <message>
        <source>打印机现在用不了，请用手机扫，或者抄短码。</source>
        <translation>The printer cannot be used now. Please scan the code or copy it by hand.</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>拿好了，离开</source>
        <translation>Got it, leave</translation>
    </message>
</context>
<context>
    <name>Where</name>
    <message>
        <source>您的事归哪里管？</source>
        <translation>Where does your matter belong?</translation>
    </message>
    <message>
        <source>一般是户口、房子或者参保的地方。只在这一次记着，离开就忘掉。</source>
        <translation>Usually where you are registered, insured or own the home. Remembered for this visit only.</translation>
    </message>
</context>
<context>
    <name>Wish</name>
    <message>
        <source>中心已收到。</source>
        <translation>Received by the centre.</translation>
    </message>
    <message>
        <source>已安全存在本机，联网后自动送到中心。</source>
        <translation>Stored safely in this machine. It is sent to the centre as soon as there is a connection.</translation>
    </message>
    <message>
        <source>在这里写</source>
        <translation>Write here</translation>
    </message>
    <message>
        <source>接着写</source>
        <translation>Go on writing</translation>
    </message>
    <message>
        <source>拍单子（已拍 %1 张）</source>
        <translation>Photograph a slip (%1 taken)</translation>
    </message>
    <message>
        <source>拍单子</source>
        <translation>Photograph a slip</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>回去看进度</source>
        <translation>Back to the progress</translation>
    </message>
    <message>
        <source>好了，离开</source>
        <translation>Done, leave</translation>
    </message>
</context>
<context>
    <name>amount</name>
    <message>
        <source>可以不填</source>
        <translation>May be left empty</translation>
    </message>
    <message>
        <source>多少元</source>
        <translation>How many yuan</translation>
    </message>
</context>
<context>
    <name>credit_code</name>
    <message>
        <source>可以不填</source>
        <translation>May be left empty</translation>
    </message>
    <message>
        <source>营业执照上的18位代码</source>
        <translation>The 18 characters on the licence</translation>
    </message>
</context>
<context>
    <name>document</name>
    <message>
        <source>可以不填</source>
        <translation>May be left empty</translation>
    </message>
    <message>
        <source>身份证号，最后一位可能是 X</source>
        <translation>Identity number (may end in X)</translation>
    </message>
</context>
<context>
    <name>item</name>
    <message>
        <source>用您自己的叫法写，手写、拼音都行</source>
        <translation>What you call it, also in pinyin</translation>
    </message>
    <message>
        <source>清单里没有也能继续：就用您写的“%1”。</source>
        <translation>Not in the list? You can go on with your own words: “%1”.</translation>
    </message>
</context>
<context>
    <name>number</name>
    <message>
        <source>可以不填</source>
        <translation>May be left empty</translation>
    </message>
    <message>
        <source>写数字</source>
        <translation>Write digits</translation>
    </message>
</context>
<context>
    <name>papers</name>
    <message>
        <source>拍照</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>拍照：%1</source>
        <translation>Photo: %1</translation>
    </message>
    <message>
        <source>带到窗口</source>
        <translation>Bring it</translation>
    </message>
    <message>
        <source>带到窗口：%1</source>
        <translation>Bring it: %1</translation>
    </message>
    <message>
        <source>用不着</source>
        <translation>Not needed</translation>
    </message>
    <message>
        <source>用不着：%1</source>
        <translation>Not needed: %1</translation>
    </message>
    <message>
        <source>把“%1”平放在镜头下面</source>
        <translation>Lay “%1” flat under the camera</translation>
    </message>
</context>
<context>
    <name>phone</name>
    <message>
        <source>可以不填</source>
        <translation>May be left empty</translation>
    </message>
    <message>
        <source>电话号码</source>
        <translation>Phone number</translation>
    </message>
</context>
<context>
    <name>slot</name>
    <message>
        <source>换一天</source>
        <translation>Another day</translation>
    </message>
    <message>
        <source>正在问中心……</source>
        <translation>Asking the centre…</translation>
    </message>
</context>
<context>
    <name>story</name>
    <message>
        <source>可以不填</source>
        <translation>May be left empty</translation>
    </message>
    <message>
        <source>在这里写</source>
        <translation>Write here</translation>
    </message>
</context>
<context>
    <name>text</name>
    <message>
        <source>可以不填</source>
        <translation>May be left empty</translation>
    </message>
    <message>
        <source>在这里写</source>
        <translation>Write here</translation>
    </message>
</context>
<context>
    <name>topic</name>
    <message>
        <source>写一个词就能找，手写、拼音都行</source>
        <translation>One word will do, also in pinyin</translation>
    </message>
    <message>
        <source>没有对上的。换个词，或者翻页看全部。</source>
        <translation>Nothing fits. Try another word, or leaf through all of them.</translation>
    </message>
</context>
</TS>
