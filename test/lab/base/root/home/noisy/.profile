echo "loading .profile"
[ -f ~/.bashrc ] && . ~/.bashrc
