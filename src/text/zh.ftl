# 界面自己的中文文字。顺序和分节与其他语言文件相同。
# 用平实的词、短句。变量里是学员输入的内容，或 Redis 里的内容。

## 类型与大小

type-name = { $kind ->
    [string] 字符串
    [list] 列表
    [hash] 哈希
    [set] 集合
   *[zset] 有序集合
}
type-one = { $kind ->
    [string] 字符串
    [list] 列表
    [hash] 哈希
    [set] 集合
   *[zset] 有序集合
}
type-many = { $kind ->
    [string] 字符串
    [list] 列表
    [hash] 哈希
    [set] 集合
   *[zset] 有序集合
}
size = { $kind ->
    [string] { $n } 字节
    [list] { $n } 个元素
    [hash] { $n } 个字段
   *[other] { $n } 个成员
}
space = { "" }
comma = ，
and-comma = 、
or = { " 或 " }
semicolon = ；
holds-what = { $kind }，{ $size }

## 时间

time-ms = { $n } 毫秒
time-s = { $n } 秒
time-min = { $n } 分钟
time-h = { $n } 小时
time-d = { $n } 天
time-left = 剩 { $time }
seconds-pass = 过了 { $n } 秒。
minutes-pass = 过了 { $n } 分钟。
hours-pass = 过了 { $n } 小时。
time-passes = 过了 { $time }。
expired = { $keys } 已过期

## 图

key-gone = 没有了
key-missing = 没有这个键
key-was-type = 原来是{ $kind }
deadline-was = 原来是 { $time }
deadline-gone = 不再有到期时间
head = 左端
tail = 右端
rank = 名次
rank-from-highest = 从高到低
member = 成员
score = 分数
field = 字段
value = 值
more = … 还有 { $n } 个 …
more-short = … { $n } …
more-bytes = … 还有 { $n } 字节 …
was-rank = 原名次 { $n }
same-score = 同分按名字排
would-be = 会变成
is-there = 现在是
wanted = 应该是
not-there = 没有
told = { $kind }：{ $items }
time-left-label = 剩余时间
no-deadline = 没有到期时间
compare-intro = 数据没有改动。这一行如果生效：
algebra-inter = { $n ->
    [2] 两边都有
   *[other] 全都有
}
algebra-union = 至少有一个
algebra-diff = 只在 { $key }
algebra-result = 结果
algebra-none = 没有这样的成员，结果是空的
no-keys = 没有键。
more-keys = … 还有 { $n } 个键

## 课与步骤

steps = { $n } 步
step-of = 第 { $n } 步，共 { $of } 步
predict-one = 先别执行：这一行会返回什么？
predict-many = 先别执行：最后一行会返回什么？
read-on = 按回车继续。
waiting = … 等待中
hint-of = 提示 { $n }/{ $of }：
hint-offer = 有 { $n } 条提示：输入 :hint 查看。
again = { $n ->
    [0] 再试一次。
   *[other] 再试一次，或输入 :hint（还有 { $n } 条提示）。
}

## 返回值的含义

holds = { $key } 现在有 { $size }。
holds-other = { $key } 的内容变了，仍有 { $size }。
is-now = { $key } 现在是 { $value }。
is-gone = 键 { $key } 已经没有了。
are-gone = 这些键已经没有了：{ $keys }。
are-new = 新建的键：{ $keys }。
expires = { $key } 还剩 { $time }。
expires-too = 它还剩 { $time }。
stays = { $key } 不再有到期时间。
stays-too = 它不再有到期时间。
element-is = { $key } 的下标 { $index } 处现在是 { $value }。
field-is = { $key } 的字段 { $field } 现在是 { $value }。
score-is = { $key } 里 { $member } 的分数现在是 { $score }。
other-order = { $key } 里元素的顺序变了。
renamed = { $from } 现在叫 { $to }。
went = { $value } 从 { $from } 移到了 { $to }。
in-database = { $key } 现在在 { $db } 号数据库里。
keys-changed = 有改动的键：{ $keys }。
unchanged = 什么都没有改动。
came-and-went = { $values } 进了 { $key }，马上就被取走了。
nothing-came = 这段时间里什么也没等到。
other-way = 换一种写法也行：
needless = 不写 { $typed } 也行。
needless-names = 不写 { $typed } 也行：Redis 把它当成了{ $kind ->
    [key] 键名
    [field] 字段名
   *[member] 成员
}，而这样的{ $kind ->
    [key] 键
    [field] 字段
   *[member] 成员
}并不存在。
once-enough = 写一次就够了：{ $typed }。
looks-at = 这是 { $command }：{ $summary }。这一步要的是别的。
looks-at-unknown = 这是 { $command }。这一步要的是别的。
must-use = 结果是对的。这一步练的是另一种写法：要用 { $words }。
must-use-condition = 这次结果一样，但没有检查条件。让 Redis 来检查：用 { $words }。
still-to-use = 这一步还没做完：接下来要用 { $words }。
still-to-name = 这一步的命令里要有 { $words }，现在还没有。
must-name = 结果是对的。这一步的命令里要有 { $words }。
still-to-type = 还没有写：{ $words }。
worked-out = 结果是对的，但那是你自己算的。这一步要让 Redis 来算：用 { $words }。
working-out = 你在手动填结果，这一步要让 Redis 来算：用 { $words }。:undo 撤销这一行。
in-place-of = 结果是对的，但 { $line } 应换成带 { $words } 的一行。:reset 从头开始这一步。
in-parts = 数字是对的，但你分成了几次。这一步要让 Redis 用一行命令算好：{ $words }。:reset 让这一步重来。
adds-other = 结果一样，但这一步要让 Redis 加的是 { $words }。:reset 让这一步重来。
set-not-added = 这样是直接设成了 { $number }。要做的是在原来的数上加 { $number }。
popped-early = { $key } 里还没有放齐这些就取出了：{ $names }。用 :reset 让这一步重来。
never-there = { $key } 现在的样子和最后一样，但 { $names } 还没有放进去过。
words-to-be-in-order = 这一步要按这个顺序写：{ $words }。:reset 让这一步重来。
transaction-opened = 事务已经打开：后面的命令要等 EXEC 才执行。这一步不需要事务。
not-last-undo = { $key } 要留到最后：先做完其余的，再写它这一行。:undo 撤销这一行。
not-last-reset = { $key } 要留到最后：先做完其余的，再写它这一行。:reset 让这一步重来。
not-last-again = { $key } 要留到最后，现在其余的都做完了：把它这一行再写一遍。
still-needed = { $key } 没有了，而后面还要用到它。用 :undo 让它回来。
forbidden = 结果是对的，但这一步不能用 { $line }。
forbidden-here = 这一步不能用 { $line }。用 :reset 让这一步重来。
other-line = 结果是对的。这一步要的是另一种写法，结果相同。
other-word-order = 结果是对的，但先后不对，这一步要按这个顺序：{ $words }。
words-in-order = 命令都对，但先后不对，要按这个顺序：{ $words }。
one-transaction = 这一步的所有改动都要放在同一个事务里，写在 MULTI 和 EXEC 之间。:reset 让这一步重来。
ran-in-vain = EXEC 什么也没有改动：这一步前面的行已经全做了。:reset 让这一步重来。
ran-in-part = EXEC 已经执行，但还有没处理的：{ $keys }。这里所有的改动要放在同一个事务里。用 :undo 撤销 EXEC，:reset 从头开始这一步。
ran-too-much = EXEC 已经执行，多出来的键：{ $keys }。先用 :undo 撤销 EXEC，再用 DISCARD 放弃入队的命令。
too-many-lines = 这一步要在 { $n } 行以内完成，现在重新开始。
still-open = 还没完成：{ $keys } 还不对。
so-far = 到这里都对，接下来还要处理 { $keys }。
only-deadline-open = 只差到期时间了。
deadline-to-go = 到期时间还在，要把它去掉。
other-deadline-there = 到期时间和要的不一样。
surplus = 多出来的键：{ $keys }。
nothing-has-changed = 数据没有改动。
queued = 已入队：EXEC 才会执行它。
not-queued = 这一行没有留在队列里。
queued-in-vain = 前面有一行被拒绝了，所以 EXEC 一条也不会执行。用 DISCARD 放弃，或用 :reset 让这一步重来。
not-watched = 现在没有监视任何键：WATCH 要写在 MULTI 前面，EXEC、DISCARD 和 UNWATCH 都会结束监视。先用 DISCARD 放弃，再从 WATCH 写起，或用 :reset 重来。
watch-lost-by-own = WATCH 之后，你自己改了被监视的键，所以 EXEC 一条也不会执行。用 :undo 一条一条撤销，或用 :reset 让这一步重来。
watch-lost = WATCH 之后，被监视的键变了，所以 EXEC 一条也不会执行。重新开始：写了 MULTI 就先 DISCARD，没写就先 UNWATCH，再 WATCH；也可以用 :reset 重来。
also-watched = 多监视了题目没要求的键：{ $keys }。:reset 让这一步重来。
ran-nothing = EXEC 一条也没有执行，因为被监视的键变过。从 WATCH 重新开始，或用 :reset 重来。
thrown-away = 入队的命令都放弃了，监视也取消了。
thrown-away-unwatched = 入队的命令都放弃了。
ended-watched = 事务结束了，监视也取消了。
ended-empty = 事务结束了，里面没有命令入队。
lacks-before = MULTI 前面还少：{ $words }。现在写已经晚了。用 :undo 一条一条撤销，:reset 让这一步重来。
queued-other = 入队的命令结果是对的，但其中一行要换一种写法：用 { $words }。先用 :undo 一条一条撤销，再写这一行。
some-refused = EXEC 里被 Redis 拒绝的有：{ $words }。其余的行照样执行了。
queued-too-much = 入队的命令比要求的多。用 :undo 撤销上一条，DISCARD 全部放弃。
queued-stranger = { $line } 也入队了，但这里没有要求。用 :undo 一条一条撤销，DISCARD 全部放弃。
queued-twice = { $line } 入队了两次，只要一次。用 :undo 撤销上一行。
ran-at-once = { $line } 马上就执行了，它应该写在 MULTI 后面入队。用 :undo 撤销这一行。
belongs-before = { $line } 要写在 MULTI 前面。用 :undo 一条一条撤销。
unwatch-queued = UNWATCH 在事务里不起作用：EXEC 和 DISCARD 本来就会结束监视。
no-transaction-needed = 这里不需要事务。:undo 撤销 MULTI。
refused-in-exec = EXEC 执行了入队的命令，其中这一行被 Redis 拒绝了：{ $line }
ran-empty = 没有命令入队。EXEC 结束了事务，监视也取消了：从头再写一遍。
ran-empty-unwatched = 没有命令入队，所以 EXEC 什么也没有执行。要执行的命令写在 MULTI 和 EXEC 之间。
ran-unwatched = EXEC 执行时没有监视任何键：UNWATCH、EXEC 和 DISCARD 都会结束监视。:reset 让这一步重来。
lacks-after-exec = 入队的命令是对的，但这几行里还要用到 { $words }。
open-after-exec = 如果现在执行 EXEC，还差：{ $keys }。
only-looks = 这一行只是查看，这一步要的是改动。
other-type-now = 这一步前面的一行让 { $key } 变成了{ $kind }。
overwritten = { $key } 原来是{ $was }，这一行把它换成了{ $kind }，里面的内容没有了。
refused = Redis 没有接受这一行，所以什么都没有改动。
number-quoted = 数字对了，返回时没有引号。
quoted = 内容对了，返回时没有引号。
numbered = 值对了，返回时前面没有 1)。
in-brackets = 值对了，返回时没有方括号。
as-number = 值对了，返回的是字符串：要写引号，不写 (integer)。
without-array = 值对了，返回的是数组：要加上方括号。
other-quotes = 值是对的：注意引号。字符串有引号，整数、(nil) 和 (error) 没有。
other-brackets = 值是对的，但分组不同：注意方括号。
pythons-b = Redis 的写法里没有 Python 的 b。
no-cursor = 元素对了，前面还有游标。
shifted-on = 你多往后了一位：返回的从前一个元素开始。
shifted-back = 你多往前了一位：返回的从后一个元素开始。
of-another-line = 那是 { $line } 的返回值。这里问的是最后一行。
array-is-empty = 空数组里一个元素也没有，连空字符串也没有：写成 []。
other-shape = 值是对的，但返回的形式不同：注意引号和方括号。
whole-number = 返回的数没有小数部分：不要写小数点。
only-the-number = 只写数字，不写别的字。
number-in-quotes = 数字前面是 (integer)，文本两边是引号，两样不会同时出现：只写会返回的那一种。
backslashes = 注意反斜杠。在引号里，redis-cli 用 \\ 表示一个反斜杠，用 \n 表示换行；不写引号时，每个字符就是它自己。
undivided = 元素都对。元素之间只用空格隔开，不写别的符号。
python-shows = 值是对的，但这是 Python 的写法。Redis 返回的列表不把元素两两括起来，整数后面也没有小数点。
array-of-one = 返回的是只有一个元素的数组：redis-cli 会在它前面写上 1)。
nil-not-none = 没有值时 Redis 写的是 (nil)。none 是 TYPE 返回的词。
none-not-nil = TYPE 总是返回一个词，不会返回 (nil)。
or-a-letter = 也可以输入 a 到 { $last } 中的一个字母。
other-choice = 有更合适的答案。
not-the-answer = 不是这个答案。
not-what-was-printed = 这不是这一步的程序打印的内容。如果是你的程序打印的，请改好它打印的内容，再运行一次。
gives-bytes = 你的客户端给出的是字节：创建它时没有写 decode_responses=True。照课程里的写法重新创建 r，再运行一次程序。
letter-case = 差一点：大小写要分清。请照 Python 打印的样子输入。
other-signs = 值是对的，但这一步的程序打印的符号不同：引号、方括号和逗号都算。
in-full = Python 是这样写的：{ $line }
word-not-number = 这是数字。Python 打印的是一个单词，请输入那个单词。
answered-otherwise = 这一次 { $line } 返回的是 { $reply }，所以你的程序打印的不是这个。
not-this-reply = { $line } 得到的回复是 { $reply }，而正确的程序得到的是别的回复：看看它前面的部分。
comes-otherwise = 答对了。这一次返回的是 { $reply }，因为你的程序中途结束了，或者做了别的事。
instead-answers = 那一行返回 { $reply }，不是题目要的。
instead-leaves = 那一行返回 { $reply }，执行后是 { $state }，不是题目要的。
instead-leaves-none = 那一行返回 { $reply }，执行后一个键也没有，不是题目要的。
instead-in-vain = 那一行返回 { $reply }，在这里什么也没有改变。
alike-only-here = 在这里结果相同，换了别的数据或别的客户端就不同。请照题目的要求写这一行。
by-luck = 结果是对的，但只是碰巧：{ $keys } 里的数据一变，这一行就做不到题目要求的事了。
not-sent = 结果相同，但这个调用发送的不是这一行。
one-command = 这里要的是一条命令。
may-change = { $command } 可能会改变数据。这里只要查看。
no-deadline-then = 这样 { $key } 就没有过期时间了，题目要求它有。
lines-missing = 到这里是对的，还缺 { $n } 条命令。把所有命令一起输入，中间用 ; 隔开。
divide-commands = 在命令之间加上 ;。
instead-refused = Redis 不接受那一行：{ $error }。
refused-then = 按这个顺序，Redis 不接受 { $line }：{ $error }。
leaves-then = 按这个顺序执行后是 { $state }，不是题目要的。
leaves-then-none = 按这个顺序执行后一个键也没有，不是题目要的。
no-keys-at-all = 没有键
other-answer = 返回的不是这个。
other-answer-same = 返回的确实是{ $wanted }，但不是这一个。
other-answer-error = 返回的是错误，但说的不是这个。只写 (error) 就够了。
other-answer-shape = 返回的是{ $wanted }，不是{ $got }。
other-notation = 数是对的，但 Redis 的写法不同。
written-as-error = 意思对了，不过 Redis 会报错：写 (error)。
translated = 照 Python 打印的原样输入，不要翻译。
other-unit = Redis 不按分钟或小时计：换算成秒（或毫秒，看命令），只写数字。
other-number = 不是这个数。
nothing-is-written = 意思对了，但要照 Redis 的写法：没有值写 (nil)，空数组写 (empty array)。
empty-text-comes = 意思对了：返回的是空字符串。Redis 显示成两个引号，中间什么都没有。
something-comes = 不是空的：返回的是{ $wanted }。
number-comes = 返回的是整数。
something-comes-here = 不是空的：Redis 会有回答。
other-count = 返回的有 { $wanted } 个元素，你写了 { $got } 个。
other-element-order = 元素都对，但返回的顺序不同。
other-element = 有一个元素不对：{ $typed }
other-elements = 有 { $n } 个元素不对。
other-answer-not = 返回的不是{ $got }。

## 为什么不对

unknown-command = { $typed } 不是命令。
key-first = 一行要以命令开头，键写在命令后面，不能先写 { $typed }。
unknown-command-near = { $typed } 不是命令。你想写的是 { $near } 吗？
only-the-gap = { $typed } 是 ____ 处的内容。把整行写出来。
subcommand = { $command } 后面要跟这些词之一：{ $known }。
absent = { $name } 是 Redis 的命令，但这个程序里没有。
syntax-part = { $part }（{ $name }）
arity-missing = { $command } 缺少 { $part }。
arity-missing-one = { $command } 的 { $part } 要一起写。
arity = 这样写不对。{ $command } 的写法是：
unknown-option = { $command } 不认识 { $typed }。
unknown-option-near = { $command } 不认识 { $typed }：你想写的是 { $near } 吗？
exclusive = { $first } 和 { $second } 同时出现了：两个只能写一个。
key-count = { $typed } 说的是后面有几个键：数一数。
not-whole = 这个位置要写整数，不能写 { $typed }。
not-whole-plus = { $typed }：整数前不写加号。
not-whole-minus = Redis 里没有 -0：写 0。从 -1 开始才带负号。
not-whole-zero = { $typed }：整数前面不能补 0。
not-whole-point = { $typed }：这里要整数，不带小数点。
not-a-number = 这个位置要写数字，不能写 { $typed }。
wrong-type = { $key } 里是{ $found }，{ $command } 用于{ $wanted }。{ $n ->
    [0] 这里要用另一条命令。
   *[other] { $works ->
        [DEL] 要先删除原来的值。
       *[other] 用于{ $founds }的有 { $works }。
    }
}
left-not-right = { $typed } 作用在左端。这里要的是右端。
right-not-left = { $typed } 作用在右端。这里要的是左端。
low-not-high = { $typed } 从最低的开始。这里要的是最高的。
high-not-low = { $typed } 从最高的开始。这里要的是最低的。
stores-not-answers = { $typed } 会把结果存进一个键。这里只要看结果。
answers-not-stores = { $typed } 只返回结果。这里要把结果存进一个键。
takes-not-looks = { $typed } 会取出它返回的内容。这里要把内容留下。
looks-not-takes = { $typed } 只是查看。这里要把内容取出。
seconds-not-milliseconds = { $typed } 的单位是秒。这里要的是毫秒。
milliseconds-not-seconds = { $typed } 的单位是毫秒。这里要的是秒。
up-not-down = { $typed } 是往上加。这里要往下减。
down-not-up = { $typed } 是往下减。这里要往上加。
command-does = { $command }：{ $summary }。
wanted-changes = 这里要用一条改动{ $types }的命令。
wanted-reads = 这里要用一条读取{ $types }的命令。
wanted-command = 这里要用另一条命令。
key-case = 要的键不是 { $typed }：大小写不同就是不同的键。
key-letter = 要的键不是 { $typed }：看看拼写。
key-neighbour = 有 { $typed } 这个键，但这一行要的是另一个键。
key-other = 要的键不是 { $typed }。
no-such-key = 没有键 { $typed }。
no-such-key-near = 没有键 { $typed }。你想写的是 { $near } 吗？
no-key-yet = 还没有键 { $key }。
not-a-key = { $typed } 不是键：它在 { $key } 里面。
removes-keys = { $command } 删除的是整个键。
only-if-there = 还没有列表 { $key }，而 { $command } 只能往已有的列表里添加。
under-one-key = { $typed } 是另一个键。这里的内容都要放在同一个键 { $meant } 下。
wide-sign = “{ $sign }”和英文的“{ $ascii }”是两个不同的字符，这里要用英文的。
wide-sign-full = “{ $sign }”是全角字符：切换到半角，写“{ $ascii }”。
wide-space = 词之间是全角空格：请换成半角空格。
wide-sign-space = 不要写“{ $sign }”，词与词之间用空格隔开。
while-subscribed = 订阅频道期间只能发 (P)SUBSCRIBE、(P)UNSUBSCRIBE、PING、QUIT 和 RESET，{ $command } 被拒绝了。
swapped = { $first } 和 { $second } 的位置反了。
key-elsewhere = { $key } 是键：要写在 { $instead } 的位置。
misplaced = { $typed } 不该写在这个位置。
one-word = { $word } 是一个词，中间不能断开。
two-words = { $typed } 是两个词：{ $first } 和 { $second }，中间要有空格。
no-quotes = 引号把 { $typed } 变成了一个值：去掉引号才是几个值。
two-commands-for-one = 一行只写一条命令，这一步也只要一条。
two-commands = 一行只写一条命令：{ $second } 要另写一行。
in-transaction = 事务已经开启，事务里不能再写 { $command }。EXEC 或 DISCARD 会结束事务。
no-transaction = 现在没有开启事务，{ $command } 没有什么可做的。先用 MULTI 开启。
no-transaction-needed-here = 现在没有开启事务，{ $command } 没有什么可做的。这里也不需要事务。
aborted = EXEC 一条也没有执行：前面有一行被拒绝了。这个事务已经结束。
reversed = 值是对的，顺序正好反了。
pairs-reversed = 每一对里的两个词写反了：前后对调。
other-pairs = 词都对，但配对不对：看看哪个和哪个是一对。
reordered = 值是对的，顺序不对。
off-by-one = { $argument }写成了 { $typed }，差 1。
off-by-one-bare = { $typed } 差 1。
sign = { $argument }写成了 { $typed }，正负号不对。
sign-bare = { $typed } 的正负号不对。
bound-should-exclude = { $typed } 包含这个值本身。这里不要包含。
bound-should-include = { $typed } 不包含这个值本身。这里要包含。
missing-option = { $count ->
    [1] 少了一个选项。
   *[other] 少了 { $count } 个选项。
}
missing-option-does = { $count ->
    [1] 它的作用是：{ $does }。
   *[other] 第一个的作用是：{ $does }。
}
option-does = { $word ->
    [NX] 只在不存在时才写入
    [XX] 只在已存在时才写入
    [GT] 只在新值更大时才执行
    [LT] 只在新值更小时才执行
    [CH] 把有改动的也算进去
    [INCR] 把分数加到原来的分数上
    [EX] 以秒为单位设置到期时间
    [PX] 以毫秒为单位设置到期时间
    [EXAT] 用 Unix 时间戳（秒）指定到期的时刻
    [PXAT] 用 Unix 时间戳（毫秒）指定到期的时刻
    [KEEPTTL] 保留剩余时间
    [PERSIST] 去掉到期时间
    [GET] 把值也取出来
    [WITHSCORES] 同时显示分数
    [WITHVALUES] 同时显示值
    [LIMIT] 只取结果的一部分
    [COUNT] 指定个数
    [MATCH] 只留下匹配模式的名字
    [TYPE] 只留下一种类型的键
    [REV] 把顺序反过来
    [BYSCORE] 按分数取，边界写分数
    [BYLEX] 按名字取，边界写名字
    [WEIGHTS] 把每个键的分数乘上倍数
    [AGGREGATE] 规定同一成员的几个分数怎样合成一个
    [STORE] 把结果存进一个键
    [ALPHA] 按文本排序
    [DESC] 从大到小排序
    [BY] 按别的键的值排序
    [RANK] 指定要第几个匹配
    [MAXLEN] 指定最多看多少个元素
    [LEN] 只返回长度
    [IDX] 返回位置
    [REPLACE] 允许覆盖已有的键
    [LEFT] 指的是左端
    [RIGHT] 指的是右端
    [BEFORE] 放在某个元素前面
    [AFTER] 放在某个元素后面
    [MIN] 取最低的
    [MAX] 取最高的
    [ASC] 从小到大排序
   *[other] { "" }
}
option-it-does = 它{ $does }。
extra-option = 这里不要选项 { $typed }。
other-word = 这里不该写 { $typed }。
other-word-nth = 第 { $nth } 个 { $typed } 不对：那里要的是别的词。
twice = { $typed } 写了两次，其中一处要的是别的词。
part-taken = 少写了{ $name }，Redis 把 { $by } 当成了{ $name }。
missing-values = { $count ->
    [1] 还少一个值。
   *[other] 还少 { $count } 个值。
}
missing-keys = { $count ->
    [1] 还少一个键。
   *[other] 还少 { $count } 个键。
}
argument-name = { $name ->
    [key] 键
    [element] 元素
    [member] 成员
    [field] 字段
    [value] 值
    [score] 分数
    [count] 个数
    [seconds] 秒数
    [milliseconds] 毫秒数
    [message] 消息
    [channel] 频道
    [pattern] 模式
    [cursor] 游标
    [index] 下标
    [offset] 跳过的个数
    [increment] 增量
    [decrement] 要减的数
    [start] 起点
    [stop] 终点
    [end] 终点
    [weight] 权重
    [timeout] 等待时间
    [limit] 上限
    [source] 源键
    [src] 源键
    [destination] 目标键
    [dst] 目标键
    [newkey] 新键名
    [rank] 第几个
    [db] 数据库编号
    [numkeys] 键的个数
    [min] 下界
    [max] 上界
    [pivot] 基准元素
    [prefix] 前缀
    [bit] 位
    [len] 长度
    [script] 脚本
    [argument] 参数
    [parameter] 参数名
    [type] 类型
    [username] 用户名
    [password] 密码
    [subcommand] 子命令
    [command-name] 命令名
    [connection-name] 连接名
    [client-id] 客户端编号
    [shardchannel] 分片频道
    [unix-time-seconds] Unix 时间戳（秒）
    [unix-time-milliseconds] Unix 时间戳（毫秒）
    [destination-db] 目标数据库编号
   *[other] {" "}{ $name }{" "}
}
missing-more = 还少 { $count } 个{ $name }。
missing-part = 缺少{ $name }。
missing-groups = { $count ->
    [1] 还少一组：{ $group }。
   *[other] 还少 { $count } 组：{ $group }。
}
extra-values = 多写了 { $typed }。
extra-keys = Redis 把 { $typed } 也当成了键。
no-pivot = 列表里没有元素 { $typed }，所以什么也没插入。
space-in-quotes = { $typed } 的引号里多了一个空格，它也成了值的一部分。
field-in-key = { $field } 是字段：它单独写在键 { $key } 后面，中间用空格隔开，不用冒号。
holds-no-whole-number = 那里放的不是整数，不能加减。是不是另一个键或字段？
holds-no-number = 那里放的不是数字，不能加减。是不是另一个键或字段？
expired-at-once = 到期时间是 0 或已经过去，{ $key } 会立刻被删除。
answer-typed = { $typed } 像是答案，但要让 Redis 来回答：输入命令。
reply-typed = { $typed } 是 Redis 返回的内容，不是命令。请输入命令，让 Redis 来返回。
unit-seconds = 这里不能写 { $typed } 这样的单位：把时间写成秒数。
unit-milliseconds = 这里不能写 { $typed } 这样的单位：把时间写成毫秒数。
pattern-as-key = { $typed } 不是键名：模式只用于 KEYS 和 SCAN。这里要写完整的键名。
not-a-bound = { $typed } 不能作边界。边界是一个数字、前面带 ( 的数字、-inf 或 +inf。
limit-by-rank = LIMIT 只能和 BYSCORE 或 BYLEX 一起用。没有它们，两个数字本来就是名次。
scores-by-name = WITHSCORES 不能和 BYLEX 一起用：用 BYLEX 时分数都一样。
not-positive = { $typed }：这里要写 { $least } 或更大的数。
other-value = { $argument }不该是 { $typed }。
other-value-bare = 要的不是 { $typed }。
other-value-case = { $typed } 的大小写不对：大写和小写在 Redis 里是不同的内容。
other-value-letter = { $typed } 和要的只差一点：检查一下拼写。
punctuation = 符号 { $sign } 成了 { $typed } 的一部分。词与词之间只用空格分开。
punctuation-at-the-end = 末尾的“{ $sign }”成了 { $typed } 的一部分：去掉它。
bare-bound = { $typed } 是名字边界：前面加 [ 表示包含它，加 ( 表示不包含。
needs-quotes = { $typed } 是一个带空格的值，要加引号："{ $typed }"。
right-data = 数据是对的，但这一行返回的不是要的内容。
right-data-shape = 数据是对的，但这一行返回的是{ $got }。这里要返回{ $wanted }。
shape = { $shape ->
    [status] { " " }OK 这样的状态
    [integer] 整数
    [decimal] 小数
    [text] 字符串
    [nil] { " " }(nil)
    [array] 数组
    [several] 几个词
   *[error] 错误
}
other-reply = 这一行返回的不是要的内容。
other-state = 执行后，{ $keys } 的内容和要求的不一样。
nothing-changed = 这一行什么都没改动，但这一步要有改动。
deadline-wanted = { $key } 的剩余时间不对。
deadline-unwanted = { $key } 不该有到期时间。

## 测验，一课结束

question-again = { $subject }，再答一次
question-of = { $subject }，第 { $n } 题，共 { $of } 题
asks-reply-one = 这一行返回什么？
asks-reply = 最后一行返回什么？
asks-state = 执行后数据是什么样？
asks-command = 用哪条命令？
asks-gap = ____ 处填什么？
asks-order = 按什么顺序？输入编号。
asks-corrections = 这一行做不到。把本来要写的几行写出来，中间用 ; 隔开。
asks-correction = 这一行做不到。把本来要写的那一行写出来。
asks-type = 用哪种类型？
asks-option = 是哪一个？
first-tries = { $n } 步一次做对
skipped-steps = 跳过 { $n } 步
new-to-you = 新学的命令：
worth-another-look = 值得再看看：
goes-on-to = 按回车进入第 { $id } 课  { $title }
course-end = 这是最后一课。
score-of = { $of } 题中有 { $right } 题一次答对。
weak-lessons = 值得再看看的课：{ $lessons }

## 课程地图与进度

tagline = 动手输入，学会 Redis
promise = 一切都在这个窗口里：不用装服务器，不用联网，也弄不坏什么。
start-here = 从这里开始
you-are-here = 你在这里
begins = 按回车开始第 { $id } 课。
goes-on-with = 按回车继续第 { $id } 课  { $title }
all-done = 所有的课都学完了。输入 learn 3.1 可以再打开一课。
map-ways = :learn { $unit }   :quiz   :play   :help   :lang en English
map-ways-ascii = :learn { $unit }   :quiz   :play   :help   :lang en
lessons-done = 学完 { $n }/{ $of } 课
steps-done = 完成 { $n } 步
questions-right = 测验 { $of } 题中 { $n } 题一次答对
streak = 连续 { $n } 天
misses = 错了 { $n } 次

## 帮助

help-intro = 在提示符后输入 Redis 命令。以冒号开头的词是对课程说的：
help-intro-play = 在提示符后输入 Redis 命令。以冒号开头的词是对程序说的：
help-intro-quiz = 输入答案，或者选项前面的字母。以冒号开头的词是对测验说的：
help-hint = 看一条提示；最后一条就是答案
help-skip = 替我做完这一步，继续
help-skip-quiz = 告诉我答案，继续
help-code = 看程序；:code 文件名 写到文件
help-goal = 再看一遍要做什么
help-show = 画出各个键
help-undo = 撤销上一行
help-redo = 恢复撤销的一行
help-reset = 这一步重来
help-back = 回到上一步
help-lesson = 再看一遍这一课的介绍
help-map = 全部课程
help-learn = 打开一课：:learn 3.1
help-route = 学习路线；:route none 退出
help-quiz = 就学过的内容做测验
help-play = 自由练习
help-progress = 学到哪里了
help-lang = 换语言：:lang en
help-more = 翻页查看刚才的输出
help-clear = 清屏
help-quit = 离开；进度都会保留
help-commands = help LPUSH 讲解一条命令，help lists 列出列表的全部命令。Tab 键补全单词。
help-cost-each = { $what ->
    [element] 每个元素 { $formula }
    [member] 每个成员 { $formula }
   *[other] 每个键 { $formula }
}
help-since = 版本
help-cost = 复杂度
help-taught = 所在的课
help-example = 例子
help-replaced = 旧写法；现在用 { $command }
group-name = { $group ->
    [generic] 键
    [string] 字符串
    [list] 列表
    [hash] 哈希
    [set] 集合
    [sorted-set] 有序集合
    [pubsub] 发布与订阅
    [transactions] 事务
    [connection] 连接
    [server] 服务器
    [bitmap] 位图
   *[scripting] 脚本
}
help-group = { $n } 条命令

## 关于这次学习

no-such-word = 这里没有 { $word }。:help 列出可以用的。
no-such-word-near = 这里没有 { $word }。你想写的是 { $near } 吗？
quote-unclosed = 第 { $at } 列的引号 { $quote } 没有配对。补上另一个 { $quote }，重新输入这一行。
quote-within = 第 { $at } 列的引号 { $quote } 在词的中间，而且没有配对的引号。去掉它，或者在值的前面也加上一个。
quote-mixed = 第 { $at } 列的值用 { $quote } 开头，也要用 { $quote } 结尾：两个引号要一样。
quote-begun = 第 { $at } 列的值以 { $quote } 结尾，所以开头也要用 { $quote }。
quote-sign = 去掉第 { $at } 列的 { $sign }：右引号后面不能紧跟别的符号。
quote-glued = 第 { $at } 列的右引号 { $quote } 后面不能紧跟别的内容：要先写一个空格。
line-too-long = 这一行超过 { $n } 字节，没有执行。输入短一些的。
repeat-too-large = 没有执行：一行最多重复 { $n } 次。
python-here = 这是别的语言的代码。这里要输入的是 Redis 命令。
last-lesson-is-done = 这一课已经学完：:back 回到最后一步，:play 进入自由练习，:map 查看所有课程。
lesson-is-done = 这一课已经学完：按回车继续，:back 回到最后一步，:play 进入自由练习。
pasted = 这像是粘贴来的，带着提示符或注释。只输入这些：
enter-key = 回车
undone = 已撤销：{ $line }
can-reset = 这一步前面输入的命令还有效。用 :undo 撤销上一条，:reset 让这一步重来。
quiz-unlearned = 你还没有学完有测验题的课，下面的题目来自最前面的单元：看看你已经知道多少。:quit 退出。
quiz-of-the-unit = 这一课没有自己的题目，下面是整个单元的题目。
undone-program = 已撤销程序所做的操作。
can-undo = 输入 :undo 撤销这一行，输入 :reset 让这一步重来。
changed-nothing = 上一行什么都没改动，没有可以撤销的。输入 :back 回到上一步。
changed-nothing-before = 上一行什么都没改动。再输入一次 :undo，就撤销再前面的一行：{ $line }
nothing-to-undo = 没有可以撤销的。
redone = 已恢复：{ $line }
redone-program = 已恢复程序所做的操作。
nothing-to-redo = 没有可以恢复的。
reset-done = 这一步重新开始。
no-step-before = 这已经是第一步。
read-only-step = 这一步只需要读：按回车继续。
no-more-hints = 提示都看过了。输入 :skip 可以替你做完这一步。
not-here-play = 那是课里用的。这里是自由练习。
not-here-quiz = 那是课里用的。这里是测验。
gave-up = 没有人会来结束这次等待，所以放弃了。
predict-first = 这一行还没有执行。先写下它会返回什么。
not-known = 猜一个就行。:hint 给出提示。
in-digits = 数字请用阿拉伯数字写。
only-the-kind = 这只是回复的种类，还要写出它的值。
on-one-line = 把所有元素写在一行里。
only-the-last = 只写最后一行的返回：{ $line }
answer-is = 答案：
only-what-is-missing = 只输入 ____ 处的内容。
same-line = 这就是题目里的那一行。请写出本来该写的命令。
type-all-numbers = 把 1 到 { $last } 按你要的顺序全部写出来，每个一次，例如 2 1 …
type-a-letter = 输入 a 到 { $last } 中的一个字母。
not-this-one = 不是 { $letter }。再输入一次 :hint 看答案。
fault-order = 这些词的顺序不对。再输入 :hint 看答案。
fault-missing = 少了 { $n } 个词。再输入 :hint 看答案。
fault-surplus = 多了 { $n } 个词。再输入 :hint 看答案。
fault-words = 看看这一行里的 { $typed }。再输入 :hint 看答案。
fault-lines = 要用 { $n } 条命令。再输入 :hint 看答案。
begins-with = 答案以 { $begins } 开头。再输入一次 :hint 看完整的答案。
skipped-by = 这样写：
skipped-above = 照上面的程序写就行。
nothing-to-type = 这一步不用输入。
play-welcome = 这里是一个空的 Redis，可以自由练习。每一行都会执行并画出来。:help 看更多，:quit 离开。
pager-way = （按 q 回到课里，用方向键滚动）
resumed = 从上次停下的地方继续。
left-off = { $id } 停在第 { $n } 步（共 { $of } 步），下次从这里继续。
home-help = 按回车继续。输入名称或编号打开一课：lists、3.1。还有 quiz、play、progress、:lang en、help LPUSH；:quit 离开。
home-unknown = 这里没有叫 { $word } 的课或单元。可以写 lists 或 3.1；:help 看更多。
no-questions = 这部分还没有测验题。
line-not-text = 这一行不是有效的 UTF-8，没有采用。其他字节要写成 "\\xff" 这样。
journal-later = 记录里有 { $n } 行是更新的版本写的，保持原样。
journal-unopened = 已保存的进度没有丢，但现在做的不会保存。请修好这个位置，或用 --journal FILE 指定另一个文件。
journal-lost = 从现在起的进度暂时没有保存，课可以继续。在那个磁盘上腾出空间即可：每输入一行都会再试一次。
journal-back = 记录又可以写入了，这一课的进度一点没丢。
error-label = 错误：
hint-label = 提示：

## 朗读（--plain）

plain-step = 第 { $n } 步，共 { $of } 步。
plain-lesson = 第 { $id } 课，{ $title }。
plain-type = 输入：{ $line }
plain-then = 然后：{ $line }
plain-gap = 把 ____ 补全：{ $line }
plain-predict = 先别执行，写下它会返回什么：{ $line }
plain-right = 对。
plain-wrong = 还不对。
plain-on = 到这里没问题。
plain-skip = 跳过。
plain-answered = Redis 返回：{ $reply }。
plain-got = { $name } 收到：{ $reply }。
plain-you-got = 你收到：{ $reply }。
plain-sent = { $name } 输入：{ $line }
plain-error = 错误 { $text }
plain-integer = 整数 { $n }
plain-nil = 空值 nil
plain-empty-array = 空数组
plain-array = 有 { $n } 个元素的数组：{ $items }
plain-item = 第 { $n } 个是 { $item }
plain-key = { $kind } { $key } 有 { $size }：{ $items }。
plain-string = 字符串 { $key } 是 { $value }。
plain-index = 下标 { $n }，{ $value }
plain-rank = 名次 { $n }，{ $member }，分数 { $score }
plain-field = { $field } 是 { $value }
plain-gone-key = { $key } 没有了。
plain-missing-key = 没有键 { $key }。
plain-new = 新的
plain-read = 读到的
plain-member-scores = { $member }：{ $sets }
plain-score-in = { $set } 里是 { $score }
plain-score-result = 结果里是 { $score }
plain-gone = 没有了：{ $item }
plain-was = 原来是 { $old }
plain-left = 时间：{ $left }。
plain-and-more = 还有 { $n } 个
plain-member-in = { $member }：在 { $sets } 里
plain-member-in-result = { $member }：在 { $sets } 里，也在结果里
plain-compared = 如果执行这一行，{ $key } 会是 { $would }。应该是 { $wanted }。
plain-compared-now = { $key } 现在是 { $would }。应该是 { $wanted }。
plain-option = { $letter }：{ $text }。
plain-unit = 第 { $id } 单元，{ $title }：学完 { $done }/{ $of } 课。

## serve

serve-listens = 正在监听 { $places }。按 Ctrl-C 结束。
serve-memory = 数据全在内存里：不写磁盘，程序一结束就都没有了。
serve-dropped = 断开了 { $client }：{ $reason }
serve-attack = 它发来了 POST 或 Host:，可能是网页借浏览器发起的攻击
serve-protocol = 它说的不是 Redis 协议：{ $error }
serve-slow = 它不读发给它的数据：已经积压了 { $bytes } 字节
serve-flood = 它发来的数据多得排不下：{ $bytes } 字节
serve-full = 拒绝了一个客户端：连接数已到上限（--max-clients）
serve-outsider = 拒绝了 { $client }：没有设密码时只为本机服务
serve-not-accepted = 有一个客户端没能接进来：{ $error }
serve-line-failed = { $file } 第 { $line } 行：{ $error }
serve-line-waits = 这一行会一直等待，没有谁来结束它
serve-load-failed = { $file } 有 { $n } 行执行失败
serve-load-failed-hint = 改好后再启动；可以用 `rediscover play` 试单独的一行
serve-load-unreadable = 读不了 { $file }：{ $error }
serve-load-unreadable-hint = 请给一个文本文件，每行一条命令
serve-setting-refused = 引擎不接受一项设置：{ $error }
serve-in-use = { $place } 已被占用
serve-in-use-hint = 有别的程序在那里监听，也许是 redis-server；请结束它，或换个地方：--port 0 会找一个空闲端口
serve-privileged = 端口 { $port } 需要你没有的权限
serve-privileged-hint = 请用 1024 以上的端口；--port 0 会找一个空闲端口
serve-no-address = { $address } 不是本机的地址
serve-no-address-hint = 不写 --bind 就只为本机服务
serve-exposed = 别的机器能连到 { $place }，而没有设密码
serve-exposed-hint = 用 --password 设一个密码，或者不写 --bind，只为本机服务
serve-no-permission = 不允许在 { $path } 建套接字
serve-no-permission-hint = 请把路径放在你能写的目录里
serve-no-folder = 套接字 { $path } 所在的目录不存在
serve-no-folder-hint = 先建好目录，或者换一个路径
serve-too-long = 路径 { $path } 太长，不能用作套接字
serve-too-long-hint = 请换一个短些的路径；多数系统最多约 100 字节
serve-no-socket = { $path } 已经存在，而且不是套接字
serve-no-socket-hint = 请换一个还没有文件的路径；只有已结束的服务留下的套接字才会被删掉
serve-no-unix-sockets = 这个系统没有 Unix 套接字
serve-no-unix-sockets-hint = 请用端口：--port 0 会找一个空闲端口
serve-system = 系统不让监听：{ $error }
serve-system-hint = 请换个地方试试：--port 0 会找一个空闲端口

# 由程序完成的步骤
program-begin = 打开第二个终端，在那里启动 Python：python3。这一课的服务器地址是 { $place }。先在 Python 里输入下面几行（也可以用 :code 文件名 写入文件）：
program-then = 再输入这一步的代码：
program-waits = 接着在 Python 里做（{ $place }）。:code 显示完整的程序。
program-no-server = 这一课的服务器没能打开，程序连不上。:skip 会显示程序做了什么，然后继续。
program-prints = Python 打印：
more-lines = …… 还有 { $n } 行 ……
type-what-it-printed = 在这里输入答案。
program-written = 已写入 { $file }。在第二个终端运行：
program-begun = 已写入 { $file }。这一步的代码要你自己写：写在注释下面，然后在第二个终端运行：
program-is-another = { $file } 已经存在，而且和课程写的不一样，所以没有动它。换一个文件名，或者先删掉它。
program-is-folder = { $file } 是一个文件夹。请写出其中的文件，例如在后面加上 name.py。
program-no-folder = 没有写入，因为没有 { $folder } 这个文件夹。先建好它，或者换一个不带它的文件名。
program-hides = 没有写入：Python 会把 { $file } 当成它自己的模块 { $module }。换一个文件名，例如 try.py。
program-denied = { $file } 没有写入：那里不允许写。换一个自己的文件夹里的文件，例如 ~/name.py。
program-failed = { $file } 没有写入，系统的提示是：{ $error }。换一个文件名。
silence = 还没有收到任何命令。第二个终端里的 Python 在运行吗？:code 显示程序，:hint 给提示，没有 Python 可以用 :skip 继续。
silence-after = 没有再收到命令。:hint 给提示，:skip 继续。
flood = （还有 { $n } 条命令没有显示）
only-reads = Python 发来了 { $line }：被拒绝了，什么也没有变。这一步在这里、在这个提示符后做；这时程序只能读。
only-reads-behind = Python 发来了 { $line }：被拒绝了，什么也没有变。这一课已经做完，Python 现在只能读。
set-back = 数据已恢复到这一步开始时的样子。请把整个程序再运行一次。
only-looks-here = 在这里只能查看：这一行要由你的 Python 程序来发送。问题还没有回答。
beside-question = 刚到的命令改动了数据，现在已经恢复。问题还没有回答。
begins-anew = 你的程序从这里重新开始，所以数据又回到了这一步开始时的样子。
trouble-no-python = 找不到这个名字的 Python。试试 python3、python 或 py。没有 Python 时，:skip 会显示程序做了什么，然后继续。
trouble-no-library = Python 有了，但缺少 redis-py。安装：python3 -m pip install redis（pip 要求时，请先建虚拟环境）。没有它也可以用 :skip 继续。
trouble-not-reached = 程序没有连上这一课。检查端口：:code 显示正确的端口。程序运行时，这一课要一直开着。
trouble-too-old = redis-py 不认识这个名字。先检查拼写；拼写没错，就是库太旧了：python3 -m pip install --upgrade redis
trouble-no-method = 点号前面的对象没有这个名字。看看它是哪个对象（r、p，还是一个结果），再看看名字。
trouble-no-option = 这个方法在这里没有这个名字的参数。到这一步的说明、提示和 :code 里找它的名字；如果没写错，就是库太旧：python3 -m pip install --upgrade redis
trouble-not-called = 方法名后面少了括号 ()，所以没有调用它。
trouble-not-defined = Python 还不认识这个名字。:code 显示要先运行的代码；另外，文字要加引号。
trouble-other-sign = 这一行里有中文标点（例如 ， ： （ “）。代码里的标点都要用英文的：切换输入法再输入。
trouble-unreadable = Python 读不懂那一行，所以什么也没有发出去。看看括号、引号（要用英文的 ' 或 "）和行首的空格。
trouble-hidden = 那个文件夹里有个文件和库同名，可能是 redis.py，Python 找到的是它，不是库。给它改个名字。
trouble-small-letters = Python 里这些词首字母要大写：True、False、None。
trouble-of-module = 这个名字在模块里：前面要写 redis.，例如 redis.WatchError。
trouble-collected = 这是管道本身：它只收集命令，execute() 才发送。要先读的，在 multi() 之前读。
trouble-not-gone = 这是生成器，它一个一个地给出值。外面套上 list(...) 或 sorted(...)。
trouble-no-value = redis-py 只能发送文字和数字。列表里的值要一个一个地写成参数，None 要换成一段文字。
trouble-no-key = 字典里没有冒号后面的这个键。看看拼写，也看看它是数还是带引号的文本。
trouble-stopped = Python 报错停下了，冒号后面写着原因。改好程序，再运行一次。
trouble-named = Python 因为这类错误停下了。原因写在错误名后面：照着它改好程序再运行，或者把整行粘贴到这里。
run-it-first = 程序打印的就是这个，但还没有收到任何命令。请先运行程序。
run-it-on = 程序打印的就是这个，但命令还没有收全。请先运行程序的其余部分。
run-it-again = 正确的程序打印的就是这个，但刚才收到的命令还不对，不能算。请改好程序，再运行一次。
not-counted = 刚才收到的命令还不对，所以它打印的内容也不能算。请改好程序，再运行一次。
waits-for-program = 这只是从这里查看。这一步等的是另一个终端里的 Python 程序。
by-program = 这一步由另一个终端里的 Python 程序来做，该收到的命令还没有收全。在这里可以查看（GET、LRANGE……），也可以用 :code、:hint 和 :skip。
python-elsewhere = Python 代码要在第二个终端的 Python 里运行。这里只输入 Redis 命令和答案；:code 显示程序。
no-program = 这一步没有程序，就在这里做。
more-to-come = 到这里都对。还差 { $n } 条命令。
must-not-come = 这一步不能有这条命令：{ $line }
still-missing = 还没有收到：{ $line }
several-trips = 这一步的命令要用一个来回发出：先收进管道，再用 execute() 一起发出。
not-asked = 多了一条命令：{ $line }
done-before = 前面的步骤已经做过这一行，这里去掉它：{ $line }
other-command = { $wanted ->
    [MULTI] 管道收集的命令由 execute() 发出。这里要的是事务，收到的却是：{ $came }
    [WATCH] p.watch(...) 才会发送 WATCH，r.watch(...) 什么也不发。这里要的是 WATCH，收到的是：{ $came }
   *[other] 这里要的是 { $wanted }，收到的是：{ $came }
}
data-differs = 命令都收到了，但数据不是要求的样子。
other-database = { $line } 发到了 { $is } 号数据库，要发到 { $wanted } 号（客户端的选项 db={ $wanted }）。
same-connection = 这条命令要由另一个客户端来发，不能走前面命令用的连接：{ $line }
too-early = 顺序不对。在这条命令之前还要有别的命令：{ $line }
you = 你
map-routes = 路线：{ $routes }（例如 :route { $example }）
route-none = 输入 :route none 退出路线。
no-routes = 这门课没有路线：一课接一课往下学。
route-followed = 从现在起，地图按这条路线走：{ $title }。
route-left = 已退出路线。从现在起，地图按顺序显示全部课程。
spaced-go-on = 按回车开始第 { $id } 课。
spaced-offer = 开始第 { $id } 课之前，先答一道学过的题（第 { $lesson } 课）。按回车跳过。
colon = ：
right-so-far = 前面做对的保留。从那里接着做，或者把整个程序再运行一次。
