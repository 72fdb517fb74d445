autocmd BufRead,BufNewFile *.sekisho setfiletype sekisho
