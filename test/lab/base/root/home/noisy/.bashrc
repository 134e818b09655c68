# No interactive guard: this speaks on every ssh command, as many a hand-edited .bashrc does.
echo "Welcome back, $USER"
echo "*** maintenance window: Sunday 02:00 ***"
printf '\033[1;33mnvm: no default version\033[0m\n'
echo "warning: locale not set" >&2
