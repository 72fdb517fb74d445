" Two cells of indentation, comments, and :make that runs `sekisho policy check`.
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1
setlocal expandtab shiftwidth=2 softtabstop=2 fileencoding=utf-8
setlocal commentstring=#\ %s comments=:#
setlocal makeprg=sekisho\ policy\ check\ %:S
setlocal errorformat=%f:%l:%v:\ %t%*[a-z]\ %m,%f:%l:%v:\ エラー\ %m,%f:%l:%v:\ 警告\ %m
let b:undo_ftplugin = "setlocal expandtab< shiftwidth< softtabstop< fileencoding< commentstring< comments< makeprg< errorformat<"
