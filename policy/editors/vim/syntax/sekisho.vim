" Vim syntax file: the policy language of the Sekisho gateway. Tested against policy/language/keywords.def.
if exists("b:current_syntax")
  finish
endif

syntax case match
syntax iskeyword @,48-57,_,45,46,192-255

syntax keyword sekishoPart and approved except expect from given not or peer reaches reason ref requested require to unless until valid version when
syntax keyword sekishoComparison has in is like
syntax keyword sekishoObligation approve delay flatten keep rebuild text watermark
syntax keyword sekishoSmall any by day days hold host hour japan mac minute minutes none of port refuse specific unknown
syntax keyword sekishoAttribute archive.depth archive.members channel class date day dept dlp dlp.count family findings hours level name origin recipient recipient.dept role size type user

" A keyword would win against the statement that begins with the same word.
syntax match sekishoAttribute "\<flow\>"
syntax match sekishoStatement "^\(policy\|zone\|types\|group\|allow\|forbid\|exception\|flow\|calendar\|never\|must\|test\|include\)\>"
syntax match sekishoNumber "\<\d\+\(B\|KB\|MB\|GB\|KiB\|MiB\|GiB\)\?\>"
syntax match sekishoNumber "\<3[ABC]\>"
syntax match sekishoNumber "\d\d:\d\d"
syntax match sekishoNumber "\d\{4}-\d\d-\d\d"
syntax match sekishoNumber "\<\x\x\(:\x\x\)\{5}\>"
syntax match sekishoNumber "\<\d\{1,3}\(\.\d\{1,3}\)\{3}\>"
syntax match sekishoFullWidth "[\u3000\uff01-\uff5e\u201c\u201d\u3001]"
syntax match sekishoId "\"\@<=[A-Z]\+-\d\+\>" contained
syntax region sekishoText start=+"+ end=+"+ oneline contains=sekishoId
syntax match sekishoComment "#.*$"

highlight default link sekishoStatement Statement
highlight default link sekishoPart Keyword
highlight default link sekishoComparison Operator
highlight default link sekishoObligation Function
highlight default link sekishoSmall Special
highlight default link sekishoAttribute Identifier
highlight default link sekishoMember Type
highlight default link sekishoNumber Number
highlight default link sekishoFullWidth Error
highlight default link sekishoId Label
highlight default link sekishoText String
highlight default link sekishoComment Comment

let b:current_syntax = "sekisho"
