# The interface's own words in English. Order and sections are the same in every language file.
# Plain words, short sentences. A variable holds what the student typed or what Redis holds.

## Types and sizes

type-name = { $kind ->
    [string] string
    [list] list
    [hash] hash
    [set] set
   *[zset] sorted set
}
type-one = { $kind ->
    [string] a string
    [list] a list
    [hash] a hash
    [set] a set
   *[zset] a sorted set
}
type-many = { $kind ->
    [string] strings
    [list] lists
    [hash] hashes
    [set] sets
   *[zset] sorted sets
}
size = { $kind ->
    [string] { $n ->
        [one] 1 byte
       *[other] { $n } bytes
    }
    [list] { $n ->
        [one] 1 element
       *[other] { $n } elements
    }
    [hash] { $n ->
        [one] 1 field
       *[other] { $n } fields
    }
   *[other] { $n ->
        [one] 1 member
       *[other] { $n } members
    }
}
space = { " " }
comma = { ", " }
and-comma = { ", " }
or = { " or " }
semicolon = { "; " }
holds-what = { $kind }, { $size }

## Time

time-ms = { $n } ms
time-s = { $n } s
time-min = { $n } min
time-h = { $n } h
time-d = { $n ->
    [one] 1 day
   *[other] { $n } days
}
time-left = { $time } left
seconds-pass = { $n ->
    [one] 1 second passes.
   *[other] { $n } seconds pass.
}
minutes-pass = { $n ->
    [one] 1 minute passes.
   *[other] { $n } minutes pass.
}
hours-pass = { $n ->
    [one] 1 hour passes.
   *[other] { $n } hours pass.
}
time-passes = { $time } pass.
expired = { $keys } expired

## Drawings

key-gone = gone
key-missing = no such key
key-was-type = was { $kind }
deadline-was = was { $time }
deadline-gone = no deadline any more
head = head
tail = tail
rank = rank
rank-from-highest = from the top
member = member
score = score
field = field
value = value
more = … { $n } more …
more-short = … { $n } …
more-bytes = … { $n } more bytes …
was-rank = was rank { $n }
same-score = same score: by name
would-be = would be
is-there = now
wanted = wanted
not-there = nothing
told = { $kind }: { $items }
time-left-label = time left
no-deadline = no deadline
compare-intro = Nothing has changed. With this line:
algebra-inter = { $n ->
    [2] both
   *[other] all
}
algebra-union = in any
algebra-diff = only { $key }
algebra-result = result
algebra-none = none qualifies: the result is empty
no-keys = There are no keys.
more-keys = … and { $n ->
    [one] 1 more key
   *[other] { $n } more keys
}

## Lessons and steps

steps = { $n ->
    [one] 1 step
   *[other] { $n } steps
}
step-of = { $n } of { $of }
predict-one = Before it runs: what does this line answer?
predict-many = Before they run: what does the last line answer?
read-on = Enter goes on.
waiting = … waiting
hint-of = Hint { $n } of { $of }:
hint-offer = { $n ->
    [one] One hint is left: :hint shows it.
   *[other] { $n } hints are left: :hint shows one.
}
again = { $n ->
    [0] Try again.
    [one] Try again, or :hint (1 left).
   *[other] Try again, or :hint ({ $n } left).
}

## What a reply means

holds = { $key } has { $size } now.
holds-other = What { $key } holds has changed; it still has { $size }.
is-now = { $key } is now { $value }.
is-gone = There is no key { $key } any more.
are-gone = Gone: { $keys }.
are-new = New: { $keys }.
expires = { $key } has { $time } to live.
expires-too = It has { $time } to live.
stays = { $key } has no deadline any more.
stays-too = It has no deadline any more.
element-is = At index { $index } of { $key } there is { $value } now.
field-is = The field { $field } of { $key } is { $value } now.
score-is = { $member } has the score { $score } in { $key } now.
other-order = The elements of { $key } stand in another order now.
renamed = { $from } is called { $to } now.
went = { $value } went from { $from } to { $to }.
in-database = { $key } is in database { $db } now.
keys-changed = Changed: { $keys }.
unchanged = Nothing was changed.
came-and-went = { $values } came into { $key } and { $n ->
    [one] was
   *[other] were
} taken out at once.
nothing-came = Nothing came in that time.
other-way = Another way to the same:
needless = It works without { $typed }, too.
needless-names = It works without { $typed }, too: Redis took { $n ->
    [one] it for one more { $kind ->
        [key] key
        [field] field
       *[member] member
    }, and there is none of that name.
   *[other] these for { $kind ->
        [key] keys
        [field] fields
       *[member] members
    }, and there are none of these names.
}
once-enough = Once is enough: { $typed }.
looks-at = That was { $command }: it { $summary }. The step asks for something else.
looks-at-unknown = That was { $command }. The step asks for something else.
must-use = The result is right. This step practises another way: use { $words }.
must-use-condition = It comes to the same this time, but nothing was checked. Let Redis check: use { $words }.
still-to-use = Something is still to be done here: use { $words }.
still-to-name = This step asks for { $words } in a line, and that is still missing.
must-name = The result is right. In this step the line is to contain { $words }.
still-to-type = Still to be typed: { $words }.
worked-out = The result is right, but you worked it out yourself. Redis is to do that: use { $words }.
working-out = You are putting in by hand what Redis is to work out: use { $words }. :undo takes the line back.
in-place-of = The result is right, but in place of { $line } a line with { $words } is asked for: :reset starts the step anew.
in-parts = The number is right, but it was counted in parts. Redis is to count { $words } in one line: :reset starts the step anew.
adds-other = It comes to the same, but what Redis is to add is { $words }: :reset starts the step anew.
set-not-added = That set it to { $number }. The { $number } is to be added to what was there.
popped-early = Something was taken out before all of this stood in { $key }: { $names }. :reset starts the step anew.
never-there = { $key } looks as it is to look in the end, but { $names } { $n ->
    [one] has
   *[other] have
} not been in it yet.
words-to-be-in-order = In this step the lines are to have these in this order: { $words }. :reset starts the step anew.
transaction-opened = A transaction is open: the lines after this one wait for EXEC. This step does not need one.
not-last-undo = The order counts: { $key } comes last here, when all else is done. :undo takes the line back.
not-last-reset = The order counts: { $key } comes last here, when all else is done. :reset starts the step anew.
not-last-again = The order counts: { $key } comes last here, when all else is done. Type its line once more.
still-needed = { $key } is gone, and what is still to be done needs it: :undo brings it back.
forbidden = The result is right, but this step is to be done without { $line }.
forbidden-here = This step is to be done without { $line }: :reset starts it anew.
other-line = The result is right. This step asks for another line with the same result.
other-word-order = The result is right. In this step the lines are to have these in this order: { $words }.
words-in-order = The lines are right, but their order counts here: { $words }.
one-transaction = Here all changes belong in one transaction, between MULTI and EXEC. :reset starts the step anew.
ran-in-vain = EXEC has changed nothing: an earlier line of this step did all of it already. :reset starts the step anew.
ran-in-part = EXEC has run, and this is still to do: { $keys }. But all changes belong in one transaction here: :undo takes EXEC back, :reset starts the step anew.
ran-too-much = EXEC has run, and nobody has asked for this: { $keys }. :undo takes EXEC back, then DISCARD throws away what is queued.
too-many-lines = { $n ->
    [one] This step wants to be done in one line.
   *[other] This step wants to be done in { $n } lines.
} It starts anew.
still-open = Not there yet. Still to do: { $keys }.
so-far = Right so far. Still to do: { $keys }.
only-deadline-open = What is open there is only the time to live.
deadline-to-go = A time to live is still set there, and it is to go.
other-deadline-there = The time to live there is not the one that is wanted.
surplus = Nobody has asked for this: { $keys }.
nothing-has-changed = Nothing has changed.
queued = Queued: EXEC runs it.
not-queued = It does not stay in the queue.
queued-in-vain = A line before was refused, so EXEC will run nothing of this. DISCARD throws it away, :reset starts the step anew.
not-watched = Nothing is watched now: WATCH comes before MULTI, and EXEC, DISCARD and UNWATCH end it. DISCARD this and begin with WATCH, or :reset.
watch-lost-by-own = You have changed a watched key yourself since WATCH, so EXEC will run nothing. :undo takes lines back one by one, :reset starts the step anew.
watch-lost = A watched key has changed since WATCH, so EXEC will run nothing. Begin again: DISCARD where MULTI has come, else UNWATCH, then WATCH; or :reset.
also-watched = Nobody has asked to watch this: { $keys }. :reset starts the step anew.
ran-nothing = EXEC ran nothing, for a watched key had changed. Begin again with WATCH, or :reset.
thrown-away = What was queued is thrown away, and what was watched is forgotten.
thrown-away-unwatched = What was queued is thrown away.
ended-watched = The transaction is over, and what was watched is forgotten.
ended-empty = The transaction is over. Nothing was queued in it.
lacks-before = This belongs before MULTI and is missing: { $words }. Now it is too late for it: :undo takes lines back one by one, :reset starts the step anew.
queued-other = What is queued has the right effect, but one line is to be another: use { $words }. :undo takes lines back one by one, then type that line.
some-refused = In EXEC, Redis refused this: { $words }. The other lines ran all the same.
queued-too-much = More is queued than is asked for: :undo takes the last line back, DISCARD throws all of it away.
queued-stranger = { $line } is queued, and is not asked for there: :undo takes lines back one by one, DISCARD throws all of them away.
queued-twice = { $line } is queued twice now, and once is asked for: :undo takes the last line back.
ran-at-once = { $line } has run at once, and it is to be queued behind MULTI: :undo takes it back.
belongs-before = { $line } belongs before MULTI: :undo takes lines back one by one.
unwatch-queued = UNWATCH does nothing in a transaction: EXEC and DISCARD end the watching anyway.
no-transaction-needed = No transaction is needed here. :undo takes MULTI back.
refused-in-exec = EXEC ran what was queued, and Redis refused this line: { $line }
ran-empty = Nothing was queued. EXEC has ended the transaction and what was watched: begin again.
ran-empty-unwatched = Nothing was queued, so EXEC has run nothing. What it is to run comes between MULTI and EXEC.
ran-unwatched = Nothing was watched when EXEC ran: UNWATCH, EXEC and DISCARD end it. :reset starts the step anew.
lacks-after-exec = What is queued is right, but this belongs in the lines too: { $words }.
open-after-exec = If EXEC came now, this would still be open: { $keys }.
only-looks = That only looked; the step asks for a change.
other-type-now = { $key } holds { $kind } now, by an earlier line of this step.
overwritten = { $key } held { $was }, and this line has put { $kind } in its place: what was in it is gone.
refused = Redis refused this line, so it changed nothing.
number-quoted = The number is right; it comes without quotes.
quoted = That is right, but it comes without quotes.
numbered = The value is right; it comes without 1) in front.
in-brackets = The value is right; it comes without brackets.
as-number = The value is right; it comes as a text: in quotes, without (integer).
without-array = The value is right; it comes in an array: write square brackets around it.
other-quotes = The values are right: mind the quotes. A text has them; a number, (nil) and (error) have none.
other-brackets = The values are right, but they are grouped in another way: mind the brackets.
pythons-b = Redis writes it without Python's b.
no-cursor = These are the elements. The cursor stands in front of them.
shifted-on = You are one place too far: what comes begins one element earlier.
shifted-back = You are one place too early: what comes begins one element later.
of-another-line = That is what { $line } answers. The last line is asked for.
array-is-empty = An empty array has no element in it, not even an empty text: write [].
other-shape = The values are right, but they come in another shape: mind the quotes and the brackets.
whole-number = It comes as a whole number: write it without a decimal point.
only-the-number = Write only the number, no words.
number-in-quotes = A number has (integer) in front, a text has quotes around it, and no value has both: write the one that comes.
backslashes = Mind the backslashes. In quotes redis-cli writes \\ for a backslash and \n for a line break; without quotes every sign stands for itself.
undivided = These are the right elements. Write a space between each two, and no other signs.
python-shows = The values are right, but that is how Python shows them. Redis sends one list without pairs, and whole numbers without a decimal point.
array-of-one = An array with one element comes: redis-cli writes 1) in front of it.
nil-not-none = Redis writes (nil) where there is no value. The word none is what TYPE answers.
none-not-nil = TYPE answers with a word, never with (nil).
or-a-letter = You can also type a letter from a to { $last }.
other-choice = Another answer fits better.
not-the-answer = That is not the answer.
not-what-was-printed = That is not what this step's program prints. If yours has printed it, change what it prints, and run it again.
gives-bytes = Your client gives bytes: it was made without decode_responses=True. Make r with that option, as it is shown in this lesson, and run the program again.
letter-case = Nearly: upper and lower case count. Type it just as Python printed it.
other-signs = The values are right, but this step's program prints them with other signs: quotes, brackets and commas count.
in-full = Python writes it like this: { $line }
word-not-number = That is a number. Python printed a word: type that.
answered-otherwise = { $line } was answered with { $reply } this time, so your program did not print that.
not-this-reply = { $line } was answered with { $reply }, and the right program gets another reply: look at what comes before it.
comes-otherwise = That is the answer. This time it is { $reply }, because a program of yours has ended or has done something else meanwhile.
instead-answers = That line answers { $reply }, and that is not what is asked for.
instead-leaves = That line answers { $reply } and leaves { $state }, and that is not what is asked for.
instead-leaves-none = That line answers { $reply } and leaves no keys, and that is not what is asked for.
instead-in-vain = That line answers { $reply } and changes nothing here.
alike-only-here = Here that comes to the same. With other data or other clients it would not. Type a line that does just what is asked for.
by-luck = The result is right, but only with what is there now: with other data in { $keys } this line would not do what is asked for.
not-sent = The result is the same, but that is not what the call sends.
one-command = One command is wanted.
may-change = { $command } can change data. Here you are only to look.
no-deadline-then = { $key } has no deadline then, and it is to have one.
lines-missing = { $n ->
    [one] That is right so far, and one more command is missing. Type them all, with ; between them.
   *[other] That is right so far, and { $n } more commands are missing. Type them all, with ; between them.
}
divide-commands = Put ; between the commands.
instead-refused = Redis refuses that line: { $error }.
refused-then = In that order Redis refuses { $line }: { $error }.
leaves-then = In that order they leave { $state }, and that is not what is asked for.
leaves-then-none = In that order they leave no keys, and that is not what is asked for.
no-keys-at-all = no keys
other-answer = That is not what comes.
other-answer-same = What comes is { $wanted }, too, but another one.
other-answer-error = An error comes, but with other words. Typing (error) alone is enough.
other-answer-shape = What comes is { $wanted }, not { $got }.
other-notation = The number is right, but Redis writes it in another way.
written-as-error = That is the idea, and Redis makes an error of it: write (error).
translated = Type it just as Python prints it, without translating it.
other-unit = Redis counts no minutes or hours: count in seconds, or milliseconds, as the command does, and write the number alone.
other-number = It is another number.
nothing-is-written = That is the idea. Write it as Redis does: (nil) for no value, (empty array) for an empty list.
empty-text-comes = That is the idea: an empty text comes. Redis shows it as two quotes with nothing between them.
something-comes = It is not empty: what comes is { $wanted }.
number-comes = What comes is a number.
something-comes-here = It is not empty: Redis answers something.
other-count = { $wanted ->
    [one] What comes has 1 element, and you wrote { $got }.
   *[other] What comes has { $wanted } elements, and you wrote { $got }.
}
other-element-order = These are the right elements; they come in another order.
other-element = One element is wrong: { $typed }
other-elements = { $n ->
    [one] One element is wrong.
   *[other] { $n } elements are wrong.
}
other-answer-not = What comes is not { $got }.

## Why an attempt is wrong

unknown-command = { $typed } is not a command.
key-first = A line begins with its command, not with { $typed }: the key stands behind it.
unknown-command-near = { $typed } is not a command. Did you mean { $near }?
only-the-gap = { $typed } belongs in the gap. Type the whole line.
subcommand = { $command } needs one of these words behind it: { $known }.
absent = { $name } is a Redis command, but this program does not have it.
syntax-part = { $part } ({ $name })
arity-missing = { $command } needs more: { $part } is missing.
arity-missing-one = { $command } needs these together: { $part }.
arity = This does not fit. { $command } is written like this:
unknown-option = { $typed } is not a word that { $command } knows.
unknown-option-near = { $typed } is not a word that { $command } knows: did you mean { $near }?
exclusive = { $first } and { $second } stand in the line together: only one of them may.
key-count = { $typed } says how many keys stand behind it: count them.
not-whole = { $typed } stands where a whole number is needed.
not-whole-plus = { $typed }: write a whole number without the plus.
not-whole-minus = Redis knows no -0: write 0. A minus belongs only to numbers from -1 down.
not-whole-zero = { $typed }: write a whole number without a 0 in front of it.
not-whole-point = { $typed }: write a whole number, without a point.
not-a-number = { $typed } stands where a number is needed.
wrong-type = { $key } holds { $found }; { $command } is for { $wanted }. { $n ->
    [0] Another command is wanted here.
    [one] { $works ->
        [DEL] What it holds has to go first.
       *[other] For { $founds } there is { $works }.
    }
   *[other] For { $founds } there are { $works }.
}
left-not-right = { $typed } works at the left end. The right end is asked for.
right-not-left = { $typed } works at the right end. The left end is asked for.
low-not-high = { $typed } starts at the lowest. The highest is asked for.
high-not-low = { $typed } starts at the highest. The lowest is asked for.
stores-not-answers = { $typed } stores its result under a key. Here it is only to be shown.
answers-not-stores = { $typed } only shows its result. Here it is to be stored under a key.
takes-not-looks = { $typed } takes out what it shows. Here it is to stay.
looks-not-takes = { $typed } only looks. Here it is to be taken out.
seconds-not-milliseconds = { $typed } counts in seconds. Milliseconds are asked for.
milliseconds-not-seconds = { $typed } counts in milliseconds. Seconds are asked for.
up-not-down = { $typed } counts up. Down is asked for.
down-not-up = { $typed } counts down. Up is asked for.
command-does = { $command } { $summary }.
wanted-changes = Wanted here is another command, one that changes { $types }.
wanted-reads = Wanted here is another command, one that reads { $types }.
wanted-command = Wanted here is another command.
key-case = { $typed } is not the key that is meant: upper and lower case make different keys.
key-letter = { $typed } is not the key that is meant: look at its spelling.
key-neighbour = { $typed } exists, but this line is to name another key.
key-other = { $typed } is not the key that is meant.
no-such-key = There is no key { $typed }.
no-such-key-near = There is no key { $typed }. Did you mean { $near }?
no-key-yet = There is no key { $key } yet.
not-a-key = { $typed } is no key: it is in { $key }.
removes-keys = { $command } removes whole keys.
only-if-there = There is no list { $key } yet, and { $command } adds only to a list that is there.
under-one-key = { $typed } is a key of its own. Here all of it belongs under one key, { $meant }.
wide-sign = { $sign } is not the { $ascii } that Redis knows: the plain { $ascii } is meant.
wide-sign-full = { $sign } is not the { $ascii } that Redis knows: the plain { $ascii } is meant.
wide-space = The space between the words is a wide one: type the plain space.
wide-sign-space = Words are divided by spaces here, not by { $sign }.
while-subscribed = Whoever listens to channels may send nothing but (P)SUBSCRIBE, (P)UNSUBSCRIBE, PING, QUIT and RESET: { $command } was refused.
swapped = { $first } and { $second } stand in each other's place.
key-elsewhere = { $key } is the key: it belongs where { $instead } stands.
misplaced = { $n ->
    [one] { $typed } does not belong in this place.
   *[other] These words do not belong in this place: { $typed }.
}
one-word = { $word } is one word.
two-words = { $typed } is two words: { $first } and { $second }.
no-quotes = The quotes make one value of { $typed }: without them they are several.
two-commands-for-one = One line is one command, and this step asks for a single one.
two-commands = One line is one command: { $second } belongs in a line of its own.
in-transaction = A transaction is open already, and { $command } cannot stand in it. EXEC or DISCARD ends it.
no-transaction = No transaction is open, so { $command } has nothing to end. MULTI opens one.
no-transaction-needed-here = No transaction is open, so { $command } has nothing to end. None is needed here.
aborted = EXEC ran nothing: one of the lines before it was refused. The transaction is closed.
reversed = The values are right, their order is the reverse.
pairs-reversed = The two words of each pair have changed places.
other-pairs = These are the right words, but others of them belong together.
reordered = The values are right, their order is not.
off-by-one = { $argument } is { $typed }, which is off by one.
off-by-one-bare = { $typed } is off by one.
sign = { $argument } is { $typed }, which has the wrong sign.
sign-bare = { $typed } has the wrong sign.
bound-should-exclude = { $typed } includes its own value. Here it is to be left out.
bound-should-include = { $typed } leaves its own value out. Here it is to be included.
missing-option = { $count ->
    [one] An option is missing.
   *[other] { $count } options are missing.
}
missing-option-does = { $count ->
    [one] It is one that { $does }.
   *[other] The first one { $does }.
}
option-does = { $word ->
    [NX] acts only when nothing is there yet
    [XX] acts only on what is there already
    [GT] acts only when the new value is greater
    [LT] acts only when the new value is less
    [CH] counts what was changed, too
    [INCR] adds the score to the old one
    [EX] gives a time to live in seconds
    [PX] gives a time to live in milliseconds
    [EXAT] gives the moment of the end as a Unix time in seconds
    [PXAT] gives the moment of the end as a Unix time in milliseconds
    [KEEPTTL] keeps the time that is left
    [PERSIST] takes the deadline away
    [GET] answers a value, too
    [WITHSCORES] shows the scores, too
    [WITHVALUES] shows the values, too
    [LIMIT] takes only a part of the result
    [COUNT] says how many
    [MATCH] keeps only names that match a pattern
    [TYPE] keeps only keys of one type
    [REV] turns the order round
    [BYSCORE] makes the two bounds scores
    [BYLEX] makes the two bounds texts
    [WEIGHTS] multiplies the scores of each key
    [AGGREGATE] says how equal members' scores become one
    [STORE] keeps the result under a key
    [ALPHA] sorts as text
    [DESC] sorts from the highest down
    [BY] sorts by values of other keys
    [RANK] says which of the places found is meant
    [MAXLEN] says how many elements are looked at
    [LEN] answers only the length
    [IDX] answers the places
    [REPLACE] allows an existing key to be overwritten
    [LEFT] works at the left end
    [RIGHT] works at the right end
    [BEFORE] puts an element in front of another
    [AFTER] puts an element behind another
    [MIN] takes the lowest
    [MAX] takes the highest
    [ASC] sorts from the lowest up
   *[other] { "" }
}
option-it-does = It { $does }.
extra-option = The option { $typed } is not wanted here.
other-word = { $typed } is not the word that is wanted in this place.
other-word-nth = { $nth ->
    [1] The first { $typed } is not the word that is wanted in its place.
    [2] The second { $typed } is not the word that is wanted in its place.
   *[other] One { $typed } is not the word that is wanted in its place.
}
twice = { $typed } stands in the line twice: in one of the places another word is wanted.
part-taken = { $name } is missing, so Redis took { $by } for it.
missing-values = { $count ->
    [one] A value is missing.
   *[other] { $count } values are missing.
}
missing-keys = { $count ->
    [one] A key is missing.
   *[other] { $count } keys are missing.
}
argument-name = { $name }
missing-more = { $count ->
    [one] One more { $name } is missing.
   *[other] { $count } words are missing, of this kind: { $name }.
}
missing-part = { $name } is missing.
missing-groups = { $count ->
    [one] One more of these is missing: { $group }.
   *[other] { $count } more of these are missing: { $group }.
}
extra-values = { $n ->
    [one] { $typed } is one word too many.
   *[other] These words are too many: { $typed }.
}
extra-keys = { $n ->
    [one] Redis took { $typed } for one more key.
   *[other] Redis took these for keys, too: { $typed }.
}
no-pivot = There is no element { $typed } in the list, so nothing was put beside it.
space-in-quotes = The space at the edge of { $typed } stands inside the quotes, so it is a part of the value.
field-in-key = { $field } is a field: it stands as a word of its own behind the key { $key }, after a space and not a colon.
holds-no-whole-number = What stands there is no whole number, so it cannot be counted up or down. Is another key or field meant?
holds-no-number = What stands there is no number, so it cannot be counted up or down. Is another key or field meant?
expired-at-once = With a deadline of 0 or in the past, { $key } is gone at once.
answer-typed = { $typed } may be the answer, but the server is to give it: type a command.
reply-typed = { $typed } is a reply, not a command. Replies come from the server: type a command.
unit-seconds = Redis knows no unit such as { $typed } here: write the time as a number of seconds.
unit-milliseconds = Redis knows no unit such as { $typed } here: write the time as a number of milliseconds.
pattern-as-key = { $typed } is no key: patterns are for KEYS and SCAN. Write each key in full.
not-a-bound = { $typed } is no bound. A bound is a number, a number with a ( in front, -inf or +inf.
limit-by-rank = LIMIT works only with BYSCORE or BYLEX. Without one of them the two numbers are places already.
scores-by-name = WITHSCORES and BYLEX do not go together: with BYLEX all scores are the same.
not-positive = { $typed }: { $least } or a larger number is needed here.
other-value = { $typed } is not what is asked for as { $argument }.
other-value-bare = { $typed } is not the value that is asked for.
other-value-case = { $typed } is right but for upper and lower case: to Redis those are two different words.
other-value-letter = { $typed } is nearly what is asked for: look at its spelling.
punctuation = The sign { $sign } became a part of the word { $typed }. Words are divided by spaces alone.
punctuation-at-the-end = The sign { $sign } at the end became a part of { $typed }: leave it out.
bare-bound = { $typed } is a text as a bound: it needs a [ in front to be included, or a ( to be left out.
needs-quotes = { $typed } is one value with a space in it, so it wants quotes: "{ $typed }".
right-data = The data would be right, but this line answers something else than is asked for.
right-data-shape = The data would be right, but this line answers with { $got }. It is to answer with { $wanted }.
shape = { $shape ->
    [status] a word such as OK
    [integer] a number
    [decimal] one with decimals
    [text] a text
    [nil] (nil)
    [array] an array
    [several] several words
   *[error] an error
}
other-reply = This line answers something else than is asked for.
other-state = Afterwards { $keys } would not hold what is asked for.
nothing-changed = This line changed nothing, but the step asks for a change.
deadline-wanted = The time that { $key } has left is not the one that is asked for.
deadline-unwanted = { $key } is to have no deadline.

## Quiz, end of a lesson

question-again = { $subject }, once more
question-of = { $subject }, question { $n } of { $of }
asks-reply-one = What does this line answer?
asks-reply = What does the last line answer?
asks-state = What is there afterwards?
asks-command = Which command does it?
asks-gap = What belongs in the gap?
asks-order = In which order? Type the numbers.
asks-corrections = This line does not do that. Type the lines that were meant, with ; between them.
asks-correction = This line does not do that. Type the line that was meant.
asks-type = Which type?
asks-option = Which one?
first-tries = { $n } at the first try
skipped-steps = { $n } skipped
new-to-you = New to you:
worth-another-look = Worth another look:
goes-on-to = Enter goes on to { $id }  { $title }
course-end = That was the last lesson.
score-of = { $right } of { $of } right at the first try.
weak-lessons = Worth another look: { $lessons }

## The map and progress

tagline = learn Redis by typing it
promise = All of it happens in this window: no server, no network, nothing to break.
start-here = start here
you-are-here = you are here
begins = Enter begins { $id }.
goes-on-with = Enter goes on with { $id }  { $title }
all-done = Every lesson is done. learn 3.1 opens one again.
map-ways = :learn { $unit }   :quiz   :play   :help   :lang zh 中文
map-ways-ascii = :learn { $unit }   :quiz   :play   :help   :lang zh
lessons-done = { $n } of { $of } lessons done
steps-done = { $n ->
    [one] 1 step done
   *[other] { $n } steps done
}
questions-right = { $n } of { $of } questions right at the first try
streak = { $n } days in a row
misses = { $n ->
    [one] 1 miss
   *[other] { $n } misses
}

## Help

help-intro = Type Redis commands at the prompt. Words with a colon speak to the lesson:
help-intro-play = Type Redis commands at the prompt. Words with a colon speak to the program:
help-intro-quiz = Type your answer, or the letter that stands before it. Words with a colon speak to the quiz:
help-hint = a hint; the last one is the answer
help-skip = do the step for me and go on
help-skip-quiz = tell me the answer and go on
help-code = the program; :code FILE writes it
help-goal = what is asked
help-show = draw the keys
help-undo = take the last line back
help-redo = do it again
help-reset = start the step anew
help-back = to the step before
help-lesson = the lesson's text again
help-map = all lessons
help-learn = to a lesson: :learn 3.1
help-route = the routes; :route none leaves one
help-quiz = questions on what you have learned
help-play = a free prompt to try things
help-progress = what is done
help-lang = the language: :lang zh
help-more = page through the last output
help-clear = clear the screen
help-quit = leave; everything is kept
help-commands = help LPUSH explains a command, help lists shows all commands for lists. Tab completes a word.
help-cost-each = { $formula } for each { $what }
help-since = since
help-cost = cost
help-taught = taught in
help-example = example
help-replaced = old form; today: { $command }
group-name = { $group ->
    [generic] keys
    [string] strings
    [list] lists
    [hash] hashes
    [set] sets
    [sorted-set] sorted sets
    [pubsub] messages
    [transactions] transactions
    [connection] connection
    [server] server
    [bitmap] bitmaps
   *[scripting] scripts
}
help-group = { $n ->
    [one] 1 command
   *[other] { $n } commands
}

## About the session

no-such-word = { $word } is unknown here. :help shows what there is.
no-such-word-near = { $word } is unknown here. Did you mean { $near }?
quote-unclosed = The quote { $quote } in column { $at } is never closed. Type the line again with a second { $quote }.
quote-within = The quote { $quote } in column { $at } stands inside a word, and none closes it. Leave it out, or put one in front of the value, too.
quote-mixed = The value in column { $at } begins with { $quote }, so it must end with { $quote }, too.
quote-begun = The value in column { $at } ends with { $quote }, so it must begin with { $quote }, too.
quote-sign = Leave the { $sign } in column { $at } out: behind a closing quote there is only a space, or the end of the line.
quote-glued = Behind the closing quote { $quote } in column { $at } there must be a space, or the end of the line.
line-too-long = This line has more than { $n } bytes, so nothing was run. Type a shorter one.
repeat-too-large = Nothing was run: a line can be repeated at most { $n } times.
python-here = This is a line of another language. At this prompt a Redis command is wanted.
last-lesson-is-done = This lesson is finished: :back goes to its last step, :play opens a free prompt, :map shows all lessons.
lesson-is-done = This lesson is finished: Enter goes on, :back goes to its last step, :play opens a free prompt.
pasted = This looks pasted, with a prompt or a remark. Type only:
enter-key = Enter
undone = Taken back: { $line }
can-reset = Something is left from an earlier line of this step: :undo takes the last line back, :reset starts the step anew.
quiz-unlearned = You have finished no lesson with questions yet, so these are on the first units: see what you know. :quit leaves.
quiz-of-the-unit = This lesson has no questions of its own. These are on its whole unit.
undone-program = Taken back: what the program has done.
can-undo = :undo takes this line back, :reset starts the step anew.
changed-nothing = The last line changed nothing, so there is nothing to take back. :back goes to the step before.
changed-nothing-before = The last line changed nothing. :undo once more takes back the line before it: { $line }
nothing-to-undo = There is nothing to take back.
redone = Done again: { $line }
redone-program = Done again: what the program had done.
nothing-to-redo = There is nothing to do again.
reset-done = The step starts anew.
no-step-before = This is the first step.
read-only-step = This step is only read: Enter goes on.
no-more-hints = There are no more hints. :skip does the step and goes on.
not-here-play = That belongs to lessons. This is free play.
not-here-quiz = That belongs to lessons. This is a quiz.
gave-up = Nobody would ever have ended this wait, so it was given up.
predict-first = The line has not run yet. Write down what it will answer.
not-known = A guess is enough. :hint helps.
in-digits = Write the number in digits.
only-the-kind = That is the kind of the reply. Write its value, too.
on-one-line = Write all elements on one line.
only-the-last = Write only what the last line answers: { $line }
answer-is = The answer:
only-what-is-missing = Type only what belongs in the gap.
same-line = That is the line itself. Type what was meant instead of it.
type-all-numbers = Type all numbers from 1 to { $last }, each once, in the order that you want: 2 1 …
type-a-letter = Type a letter from a to { $last }.
not-this-one = It is not { $letter }. :hint again shows the answer.
fault-order = The words stand in the wrong order. :hint again shows the answer.
fault-missing = { $n ->
    [one] A word is missing. :hint again shows the answer.
   *[other] { $n } words are missing. :hint again shows the answer.
}
fault-surplus = { $n ->
    [one] There is a word too many. :hint again shows the answer.
   *[other] There are { $n } words too many. :hint again shows the answer.
}
fault-words = Look at { $typed } in the line. :hint again shows the answer.
fault-lines = It takes { $n } commands. :hint again shows the answer.
begins-with = The answer begins with { $begins }. :hint again shows all of it.
skipped-by = This does it:
skipped-above = The program above does it.
nothing-to-type = There was nothing to type.
play-welcome = A free prompt on an empty Redis. Every line is run and drawn. :help shows more, :quit leaves.
pager-way = (q goes back to the lesson, the arrow keys scroll)
resumed = You are where you left off.
left-off = You leave { $id } at step { $n } of { $of }; next time it goes on there.
home-help = Enter goes on. A name or number opens a lesson: lists, 3.1. quiz, play, progress, :lang zh, help LPUSH; :quit leaves.
home-unknown = { $word } is no lesson and no unit here. lists or 3.1 would be one; :help shows more.
no-questions = There are no questions on that yet.
line-not-text = That line was not valid UTF-8, so it was not taken. Other bytes are written as "\xff".
journal-later = { $n ->
    [one] 1 line of the journal was written by a later version and is left alone.
   *[other] { $n } lines of the journal were written by a later version and are left alone.
}
journal-unopened = Nothing that was kept is lost, but what you do now is not kept. Mend the place, or name another with --journal FILE.
journal-lost = What you do from here on is not kept yet; the lesson goes on. Make room on that disk: it is tried again with every line.
journal-back = The journal can be written again; nothing of this lesson is missing.
error-label = error:
hint-label = hint:

## Read aloud (--plain)

plain-step = Step { $n } of { $of }.
plain-lesson = Lesson { $id }, { $title }.
plain-type = Type: { $line }
plain-then = Then: { $line }
plain-gap = Fill the gap, ____ : { $line }
plain-predict = Before it runs, write down what it answers: { $line }
plain-right = Right.
plain-wrong = Not yet.
plain-on = So far, so good.
plain-skip = Skipped.
plain-answered = Redis answered: { $reply }.
plain-got = { $name } got: { $reply }.
plain-you-got = You got: { $reply }.
plain-sent = { $name } typed: { $line }
plain-error = error { $text }
plain-integer = integer { $n }
plain-nil = nil, no value
plain-empty-array = an empty array
plain-array = { $n ->
    [one] an array with 1 element: { $items }
   *[other] an array with { $n } elements: { $items }
}
plain-item = { $n }: { $item }
plain-key = The { $kind } { $key } has { $size }: { $items }.
plain-string = The string { $key } is { $value }.
plain-index = index { $n }, { $value }
plain-rank = rank { $n }, { $member }, score { $score }
plain-field = { $field } is { $value }
plain-gone-key = { $key } is gone.
plain-missing-key = There is no key { $key }.
plain-new = new
plain-read = read
plain-member-scores = { $member }: { $sets }
plain-score-in = { $score } in { $set }
plain-score-result = { $score } in the result
plain-gone = gone: { $item }
plain-was = was { $old }
plain-left = Time: { $left }.
plain-and-more = and { $n } more
plain-member-in = { $member }: in { $sets }
plain-member-in-result = { $member }: in { $sets }, in the result
plain-compared = With this line { $key } would hold { $would }. Wanted is { $wanted }.
plain-compared-now = { $key } holds { $would }. Wanted is { $wanted }.
plain-option = { $letter }: { $text }.
plain-unit = Unit { $id }, { $title }: { $done } of { $of } lessons done.

## serve

serve-listens = Listening on { $places }. Ctrl-C ends it.
serve-memory = Everything is in memory: nothing is written to disk, and all of it is gone when this ends.
serve-dropped = dropped { $client }: { $reason }
serve-attack = it sent POST or Host:, as a web page would that attacks through a browser
serve-protocol = it does not speak the protocol: { $error }
serve-slow = it does not read what it is sent: { $bytes } bytes waited for it
serve-flood = it sent more than can wait to be run: { $bytes } bytes
serve-full = turned a client away: there are as many as there may be (--max-clients)
serve-outsider = turned { $client } away: without a password only this machine is served
serve-not-accepted = a client could not be let in: { $error }
serve-line-failed = { $file }, line { $line }: { $error }
serve-line-waits = this line waits, and nobody would end the wait
serve-load-failed = { $n ->
    [one] 1 line of { $file } failed
   *[other] { $n } lines of { $file } failed
}
serve-load-failed-hint = mend it and start again; `rediscover play` tries single lines
serve-load-unreadable = { $file } cannot be read: { $error }
serve-load-unreadable-hint = name a text file with one command on each line
serve-setting-refused = the engine refuses a setting: { $error }
serve-in-use = { $place } is in use
serve-in-use-hint = another program listens there, perhaps a redis-server; end it, or take another place: --port 0 takes a free port
serve-privileged = port { $port } needs rights that you do not have
serve-privileged-hint = take a port from 1024 up; --port 0 takes a free one
serve-no-address = { $address } is no address of this machine
serve-no-address-hint = leave --bind out to serve this machine only
serve-exposed = other machines could reach { $place }, and there is no password
serve-exposed-hint = give one with --password, or leave --bind out to serve this machine only
serve-no-permission = a socket at { $path } is not permitted
serve-no-permission-hint = name a path in a folder that you may write to
serve-no-folder = there is no folder for the socket { $path }
serve-no-folder-hint = make the folder first, or name another path
serve-too-long = the path { $path } is too long for a socket
serve-too-long-hint = name a shorter path; most systems take about 100 bytes
serve-no-socket = { $path } is there already, and is no socket
serve-no-socket-hint = name a path where nothing is; only a socket that an ended server left behind is removed
serve-no-unix-sockets = this system has no Unix sockets
serve-no-unix-sockets-hint = take a port: --port 0 takes a free one
serve-system = the system does not let it listen: { $error }
serve-system-hint = try another place: --port 0 takes a free port

# Steps that a program does
program-begin = Start Python in a second terminal: python3. The lesson listens on { $place }. First type this, or write it to a file with :code FILE:
program-then = Then this step's lines:
program-waits = Go on in Python ({ $place }). :code shows the whole program.
program-no-server = The lesson's server could not be opened, so no program can reach it. :skip shows what the program does and goes on.
program-prints = Python prints:
more-lines = … { $n } more …
type-what-it-printed = Type the answer here.
program-written = Written to { $file }. Run it in a second terminal:
program-begun = Written to { $file }. What this step asks you to write is still missing in it, under the comment. Then run it in a second terminal:
program-is-another = { $file } is there already, and it is not as a lesson wrote it: so it is left as it is. Name another file, or remove this one first.
program-is-folder = { $file } is a folder. Name a file in it, for example with name.py behind it.
program-no-folder = Nothing was written, for there is no folder { $folder }. Make it first, or name a file without it.
program-hides = Nothing was written: Python would find { $file } in place of its own module { $module }. Name another file, for example try.py.
program-denied = { $file } was not written: you may not write there. Name a file in a folder of your own, for example ~/name.py.
program-failed = { $file } was not written. The system says: { $error }. Name another file.
silence = Nothing has arrived. Is Python running in the second terminal? :code shows the program, :hint helps, and :skip goes on without Python.
silence-after = Nothing more has arrived. :hint helps, and :skip goes on.
flood = ({ $n ->
    [one] and 1 more command
   *[other] and { $n } more commands
} that are not shown)
only-reads = Python sent { $line }: that was refused, and nothing has changed. This step is done here, at this prompt; meanwhile a program may only read.
only-reads-behind = Python sent { $line }: that was refused, and nothing has changed. The lesson is done, so Python may only read now.
set-back = The data is as it was when the step began. Run the whole program again.
only-looks-here = Here you can only look: let your Python program send that. The question is still open.
beside-question = What has arrived changed the data, which is put back now. The question is still open.
begins-anew = Your program begins again here, so the data is again as it was when the step began.
trouble-no-python = Python was not found under this name. Try python3, python or py. Without Python, :skip shows what the program does and goes on.
trouble-no-library = Python is there, but redis-py is missing. Install it with: python3 -m pip install redis (in a virtual environment, if pip says so). Without it, :skip goes on.
trouble-not-reached = The program did not reach this lesson. Look at the port: :code shows the right one. The lesson must stay open while the program runs.
trouble-too-old = redis-py does not know this name. Check its spelling first; if it is right, the library is too old: python3 -m pip install --upgrade redis
trouble-no-method = The object in front of the dot has nothing of this name. Look at which object it is (r, p, a result), and at the name.
trouble-no-option = This method has no option of that name here. Look for its name in the step's text, in its hints and in :code; if it is right, the library is too old: python3 -m pip install --upgrade redis
trouble-not-called = The brackets () behind the method's name are missing, so it was not called.
trouble-not-defined = Python does not know this name yet. :code shows what must run before; and a text needs quotes.
trouble-other-sign = A sign in that line is of another keyboard. In code the signs are the plain ones: , : ( ) and straight quotes.
trouble-unreadable = Python cannot read that line, so nothing was sent. Look at its brackets and quotes (straight ones: ' or ") and at the spaces in front of it.
trouble-hidden = A file in that folder is called as the library is, redis.py perhaps, so Python finds it in place of the library. Rename it.
trouble-small-letters = Python writes these with a capital letter: True, False, None.
trouble-of-module = The name belongs to the module: write redis. in front of it, as in redis.WatchError.
trouble-collected = That is the pipeline itself: it only collects, and execute() sends. What is to be read first is read before multi().
trouble-not-gone = That is a generator: it gives its values one by one. Put list(...) or sorted(...) around it.
trouble-no-value = redis-py sends texts and numbers alone. Pass the values of a list one by one, and write a text for None.
trouble-no-key = The dict has no such key as the one behind the colon. Look at its spelling, and whether it is a number or a text in quotes.
trouble-stopped = Python stopped with an error; what stands behind the colon says why. Mend the program and run it again.
trouble-named = Python stopped with an error of this kind. Why stands behind its name: mend the program by that, or type the whole line here.
run-it-first = That is what the program prints, but nothing has arrived yet. Run the program first.
run-it-on = That is what the program prints, but not everything has arrived yet. Run the rest of the program first.
run-it-again = That is what the right program prints, but what arrived last was not right yet, and it does not count. Mend your program and run it again.
not-counted = What arrived last was not right yet, so what it printed does not count. Mend your program and run it again.
waits-for-program = That was a look from here. This step waits for your Python program in the other terminal.
by-program = This step is done by your Python program in the other terminal, and not all that it is to send has come yet. Here you can look (GET, LRANGE …), or use :code, :hint and :skip.
python-elsewhere = Lines of Python belong in the second terminal, where python3 runs; this prompt takes Redis commands and answers. :code shows the program.
no-program = This step has no program. It is done here.
more-to-come = { $n ->
    [one] Right so far. One command is still to come.
   *[other] Right so far. { $n } commands are still to come.
}
must-not-come = This step must go without this command: { $line }
still-missing = This has not arrived: { $line }
several-trips = This step wants its commands in one trip: collect them in a pipeline, which sends them together at execute().
not-asked = One command too many has arrived: { $line }
done-before = An earlier step has done this already, so leave it out here: { $line }
other-command = { $wanted ->
    [MULTI] What a pipeline collects is sent by its execute(). A transaction is wanted here, and this arrived: { $came }
    [WATCH] p.watch(...) sends WATCH, and r.watch(...) nothing. WATCH is wanted here, and this arrived: { $came }
   *[other] { $wanted } is wanted here, and this arrived: { $came }
}
data-differs = The commands have arrived, but the data is not what is wanted.
other-database = { $line } came to database { $is }. Send it to database { $wanted } (the client's option db={ $wanted }).
same-connection = This is to come from another client, not on the connection of the commands before it: { $line }
too-early = The order differs. Something else is to come before this: { $line }
you = you
map-routes = Routes: { $routes } (:route { $example } follows one)
route-none = :route none leaves the route.
no-routes = This course has no routes: its lessons follow each other.
route-followed = From here on the map shows the way of this route: { $title }.
route-left = The route is left: from here on the map shows all lessons in their order.
spaced-go-on = Enter begins { $id }.
spaced-offer = Before { $id }: one question from an earlier lesson ({ $lesson }). Enter leaves it out.
colon = { ": " }
right-so-far = What was right before it stays. Go on from there, or run the whole program again.
