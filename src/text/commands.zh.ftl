# 每条命令做什么，一行一条。英文写在命令表里；这里没有的命令用英文显示。

## 连接与服务器

summary-auth = 给出服务器要求的密码
summary-client-caching = 规定下一条命令的键要不要跟踪；这里从不跟踪
summary-client-getredir = 返回跟踪消息转给哪个连接；不跟踪时是 -1
summary-client-tracking = 告诉客户端它缓存的哪些键变了；这里不提供
summary-client-trackinginfo = 返回这个连接怎样被跟踪
summary-client-getname = 返回这个连接的名字
summary-client-help = 返回 CLIENT 的用法
summary-client-id = 返回这个连接的编号
summary-client-info = 返回这个连接的一行资料
summary-client-kill = 结束别的连接
summary-client-list = 返回所有连接的资料，一行一个
summary-client-no-evict = 内存不足时不结束这个连接
summary-client-pause = 让所有连接的命令（或只是写命令）等若干毫秒
summary-client-reply = 规定这个连接要不要收到返回值
summary-client-setname = 给这个连接起名字
summary-client-unblock = 让另一个正在等待的连接不再等
summary-client-unpause = 结束暂停
summary-config-get = 返回名字匹配模式的配置项和它们的值
summary-config-help = 返回 CONFIG 的用法
summary-config-resetstat = 把 INFO 里的计数归零
summary-config-rewrite = 本应把配置项写回配置文件，这里没有配置文件
summary-config-set = 修改配置项，要么全部生效，要么都不生效
summary-hello = 客户端和服务器互相介绍，并选定协议
summary-info = 返回服务器的资料和计数
summary-memory-help = 返回 MEMORY 的用法
summary-memory-usage = 返回键和值大约占多少字节
summary-monitor = 从现在起显示每个客户端发来的每条命令
summary-psubscribe = 订阅名字匹配模式的所有频道
summary-publish = 向频道发布一条消息，返回送达的次数
summary-pubsub-channels = 返回有人按名字订阅的频道
summary-pubsub-help = 返回 PUBSUB 的用法
summary-pubsub-numpat = 返回有人订阅的模式的个数
summary-pubsub-numsub = 返回这些频道各有几个按名字的订阅
summary-pubsub-shardchannels = 返回有人订阅的分片频道
summary-pubsub-shardnumsub = 返回这些分片频道各有几个订阅
summary-punsubscribe = 取消订阅一个模式，或所有模式
summary-quit = 结束连接
summary-reset = 让连接回到刚建立时的状态
summary-shutdown = 结束服务器
summary-spublish = 向分片频道发布一条消息，返回送达的次数
summary-ssubscribe = 订阅分片频道
summary-subscribe = 订阅频道，从现在起，发布到那里的消息都会送来
summary-sunsubscribe = 取消订阅分片频道
summary-unsubscribe = 取消订阅一个频道，或所有频道
summary-command = 返回所有命令的资料
summary-command-count = 返回命令的个数
summary-command-docs = 返回命令的用途和参数
summary-command-getkeys = 返回一次调用里哪些词是键
summary-command-getkeysandflags = 返回一次调用里哪些词是键，以及怎样使用
summary-command-help = 返回 COMMAND 的用法
summary-command-info = 返回命令的参数个数、标志和键的位置
summary-command-list = 返回命令的名字
summary-echo = 原样返回给它的内容
summary-ping = 返回 PONG，或给它的内容
summary-select = 换到另一个数据库
summary-dbsize = 返回数据库里键的个数
summary-flushall = 删除所有数据库的所有键
summary-flushdb = 删除当前数据库的所有键
summary-swapdb = 交换两个数据库的键
summary-time = 返回 Unix 时间戳的秒数和这一秒里的微秒数

## 键与过期

summary-copy = 把值连同到期时间复制到另一个键
summary-del = 删除键，返回删除的个数
summary-exists = 返回这些键里有几个存在
summary-keys = 返回名字匹配模式的键
summary-move = 把键移到另一个数据库
summary-object-encoding = 返回值在内存里的编码
summary-object-freq = 返回键的使用频率（按频率淘汰时）
summary-object-help = 返回 OBJECT 的用法
summary-object-idletime = 返回键有多少秒没有被用过
summary-object-refcount = 返回内存里有几处共用这个值
summary-randomkey = 随机返回一个键名
summary-rename = 给键改名；新名字已经有键时，那个键会被覆盖
summary-renamenx = 给键改名；新名字已经有键时，不改
summary-touch = 把键标记为用过，返回存在的个数
summary-type = 返回键里值的类型
summary-unlink = 删除键，内存稍后再回收
summary-scan = 返回一部分键，和继续查看用的游标
summary-sort = 把列表、集合或有序集合排好序，返回或存起来
summary-sort_ro = 把列表、集合或有序集合排好序返回，不保存
summary-expire = 让键在若干秒后过期
summary-expireat = 让键在指定的 Unix 时间戳（秒）过期
summary-expiretime = 返回键到期的 Unix 时间戳（秒）
summary-persist = 去掉键的到期时间
summary-pexpire = 让键在若干毫秒后过期
summary-pexpireat = 让键在指定的 Unix 时间戳（毫秒）过期
summary-pexpiretime = 返回键到期的 Unix 时间戳（毫秒）
summary-pttl = 返回键还剩多少毫秒
summary-ttl = 返回键还剩多少秒（四舍五入）

## 字符串

summary-append = 在字符串末尾追加，返回新的长度
summary-decr = 把键里的数减一，返回结果
summary-decrby = 把键里的数减去一个整数，返回结果
summary-get = 返回键里的字符串
summary-getdel = 返回键里的字符串，并删除这个键
summary-getex = 返回键里的字符串，并设置或去掉到期时间
summary-getrange = 返回从一个下标到另一个下标的字节，两端都包含
summary-getset = 存入新字符串，返回旧的
summary-incr = 把键里的数加一，返回结果
summary-incrby = 把键里的数加上一个整数，返回结果
summary-incrbyfloat = 把键里的数加上一个数，返回结果
summary-lcs = 返回两个字符串的最长公共子序列
summary-mget = 返回几个键里的字符串
summary-mset = 一次存入几个字符串
summary-msetnx = 所有键都不存在时，一次存入几个字符串
summary-psetex = 存入字符串，若干毫秒后过期
summary-set = 把字符串存到键里
summary-setex = 存入字符串，若干秒后过期
summary-setnx = 键不存在时才存入字符串
summary-setrange = 从某个位置起改写字符串，返回长度
summary-strlen = 返回字符串的字节数
summary-substr = GETRANGE 的旧名字

## 位图

summary-bitcount = 返回字符串里有多少个二进制位是 1
summary-bitop = 把几个字符串逐位运算，存下结果并返回它的长度
summary-bitpos = 返回第一个是 1（或是 0）的二进制位的位置
summary-getbit = 返回字符串的一个二进制位
summary-setbit = 把字符串的一个二进制位设为 1 或 0，返回它原来的值

## 列表

summary-lindex = 返回某个下标的元素，0 是左端，-1 是右端
summary-linsert = 在第一个等于基准元素的元素旁边插入
summary-llen = 返回列表里元素的个数
summary-lpos = 返回元素在列表里的下标
summary-lpush = 从左端依次压入元素，返回长度
summary-lpushx = 列表存在时才从左端压入元素
summary-lrange = 返回从一个下标到另一个下标的元素，两端都包含
summary-lrem = 删除等于给定值的元素，个数为正从左找，为负从右找，0 表示全部
summary-lset = 改写某个下标的元素
summary-ltrim = 只保留从一个下标到另一个下标的元素
summary-rpush = 从右端依次压入元素，返回长度
summary-rpushx = 列表存在时才从右端压入元素
summary-lmove = 把元素从一个列表的一端移到另一个（或同一个）列表的一端
summary-lmpop = 从第一个不为空的列表弹出元素
summary-lpop = 弹出左端的一个或几个元素
summary-rpop = 弹出右端的一个或几个元素
summary-rpoplpush = 把一个列表右端的元素移到另一个列表的左端
summary-blmove = 把元素从一个列表移到另一个列表，没有就等待
summary-blmpop = 从第一个不为空的列表弹出元素，没有就等待
summary-blpop = 弹出第一个不为空的列表左端的元素，没有就等待
summary-brpop = 弹出第一个不为空的列表右端的元素，没有就等待
summary-brpoplpush = 把一个列表右端的元素移到另一个列表的左端，没有就等待

## 哈希

summary-hdel = 删除字段，返回删除的个数
summary-hexists = 返回哈希里有没有这个字段
summary-hget = 返回一个字段的值
summary-hgetall = 返回所有字段和值
summary-hincrby = 把字段里的数加上一个整数，返回结果
summary-hincrbyfloat = 把字段里的数加上一个数，返回结果
summary-hkeys = 返回所有字段
summary-hlen = 返回字段的个数
summary-hmget = 返回几个字段的值，不存在的返回 nil
summary-hmset = 设置几个字段的值
summary-hset = 设置字段的值，返回新增字段的个数
summary-hsetnx = 字段不存在时才设置它的值
summary-hstrlen = 返回字段的值有多少字节
summary-hvals = 返回所有的值
summary-hrandfield = 随机返回字段，个数为正时不重复，为负时可以重复
summary-hscan = 返回一部分字段和值，和继续查看用的游标

## 集合

summary-sadd = 加入成员，返回新成员的个数
summary-scard = 返回成员的个数
summary-sdiff = 返回第一个集合里有、其他集合里都没有的成员
summary-sdiffstore = 把第一个集合里有、其他集合里都没有的成员存起来
summary-sinter = 返回所有集合共有的成员
summary-sintercard = 返回所有集合共有成员的个数，可以设上限
summary-sinterstore = 把所有集合共有的成员存起来
summary-sunion = 返回所有集合合起来的成员
summary-sunionstore = 把所有集合合起来的成员存起来
summary-sismember = 返回某个值是不是集合的成员
summary-smembers = 返回集合的所有成员
summary-smismember = 分别返回几个值是不是集合的成员
summary-smove = 把成员从一个集合移到另一个集合
summary-srem = 删除成员，返回删除的个数
summary-spop = 随机取出成员
summary-srandmember = 随机返回成员，个数为正时不重复，为负时可以重复
summary-sscan = 返回一部分成员，和继续查看用的游标

## 有序集合

summary-zadd = 设置成员的分数，新成员会加进来
summary-zcard = 返回成员的个数
summary-zcount = 返回分数在两个边界之间的成员个数
summary-zdiff = 返回第一个有序集合里有、其他有序集合里都没有的成员
summary-zdiffstore = 把第一个有序集合里有、其他有序集合里都没有的成员存起来
summary-zincrby = 给成员的分数加上一个数，返回结果
summary-zinter = 返回所有有序集合共有的成员，分数合并
summary-zintercard = 返回所有有序集合共有成员的个数，可以设上限
summary-zinterstore = 把所有有序集合共有的成员存起来，分数合并
summary-zunion = 返回所有有序集合合起来的成员，分数合并
summary-zunionstore = 把所有有序集合合起来的成员存起来，分数合并
summary-zlexcount = 分数都相同时，返回名字区间里的成员个数
summary-zmscore = 返回几个成员的分数，不存在的返回 nil
summary-zrandmember = 随机返回成员，个数为正时不重复，为负时可以重复
summary-zrange = 返回一个区间里的成员：按名次，加 BYSCORE 按分数，加 BYLEX 按名字
summary-zrangebylex = 分数都相同时，返回名字区间里的成员
summary-zrangebyscore = 返回两个分数之间的成员，从低到高
summary-zrangestore = 把 ZRANGE 会返回的成员连同分数存起来
summary-zrank = 返回成员的名次，最低的是 0
summary-zrem = 删除成员，返回删除的个数
summary-zremrangebylex = 分数都相同时，删除名字区间里的成员
summary-zremrangebyrank = 删除两个名次之间的成员，0 最低，-1 最高
summary-zremrangebyscore = 删除两个分数之间的成员
summary-zrevrange = 返回两个名次之间的成员，从高到低数
summary-zrevrangebylex = 分数都相同时，返回名字区间里的成员，从后往前
summary-zrevrangebyscore = 返回两个分数之间的成员，从高到低
summary-zrevrank = 返回成员的名次，最高的是 0
summary-zscore = 返回成员的分数
summary-zscan = 返回一部分成员和分数，和继续查看用的游标
summary-zmpop = 从第一个不为空的有序集合弹出成员
summary-zpopmax = 弹出分数最高的一个或几个成员
summary-zpopmin = 弹出分数最低的一个或几个成员
summary-bzmpop = 从第一个不为空的有序集合弹出成员，没有就等待
summary-bzpopmax = 弹出第一个不为空的有序集合里分数最高的成员，没有就等待
summary-bzpopmin = 弹出第一个不为空的有序集合里分数最低的成员，没有就等待

## 脚本

summary-eval = 运行一段 Lua 脚本，它的命令之间不会插进别的命令
summary-eval_ro = 运行一段不写数据的 Lua 脚本
summary-evalsha = 按 SHA-1 运行已载入的 Lua 脚本
summary-evalsha_ro = 按 SHA-1 运行已载入的、不写数据的 Lua 脚本
summary-script-debug = 本应启动调试器，这个服务器没有
summary-script-exists = 返回哪些脚本已经载入
summary-script-flush = 忘掉所有脚本
summary-script-help = 返回 SCRIPT 的用法
summary-script-kill = 本应停止正在运行的脚本；这里不会有脚本一直运行而让别人等
summary-script-load = 保存一段脚本并返回它的 SHA-1，供 EVALSHA 使用

## 事务

summary-discard = 丢掉入队的命令，放弃事务
summary-exec = 执行入队的命令，全部执行或都不执行，返回各自的结果
summary-multi = 开启事务，之后的命令先入队，等到 EXEC
summary-unwatch = 取消所有监视
summary-watch = 监视键，EXEC 之前有改动，事务就不执行
