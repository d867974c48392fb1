/** Variables that change how something is shown or which kind of run it is, and never what is run. */
const harmless =
  /^(LANG|LANGUAGE|LC_[A-Z]{1,20}|TZ|TERM|COLUMNS|LINES|NO_COLOR|FORCE_COLOR|CLICOLOR|CLICOLOR_FORCE|COLORTERM|CI|DEBUG|VERBOSE|NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|MIX_ENV|FLASK_ENV|PYTHONUNBUFFERED|PYTHONDONTWRITEBYTECODE|PYTHONHASHSEED|RUST_BACKTRACE|RUST_LOG|CARGO_TERM_COLOR|LOG_LEVEL|SOURCE_DATE_EPOCH|DEBIAN_FRONTEND|GIT_TERMINAL_PROMPT|HUSKY)$/;

/** Variables that are known to decide which code a program loads or runs. */
const steering =
  /^(PATH|IFS|ENV|BASH_ENV|SHELL|EDITOR|VISUAL|PAGER|BROWSER|HOME|LD_|DYLD_|NODE_|NPM_|npm_|PYTHON|PERL|RUBY|GEM_|PHP|LUA_|JAVA_|_JAVA|JDK_|CLASSPATH|GIT_|SSH_|GO|CGO_|RUST|CARGO|MAKE|CC$|CXX$|LESS|XDG_|ZDOTDIR|PROMPT_COMMAND|PS\d)/;

/** Zsh ties these to the search paths that are written in capitals. */
const tied = /^(path|cdpath|fpath|manpath|mailpath|prompt|home|shell|term|status|argv)$/;

export const isHarmlessVariable = (name: string): boolean => harmless.test(name);
export const isSteeringVariable = (name: string): boolean => steering.test(name) && !harmless.test(name);
/** A name for something of the text's own, which no program asks for. */
export const isOwnVariable = (name: string): boolean =>
  /^[a-z][a-z0-9]{0,20}$/.test(name) && !tied.test(name);
