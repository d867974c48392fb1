/**
 * Files that some program runs or obeys without another question, by whom. This is the one list: a change of one is
 * said to be obeyed, and no grant for every change or command covers it.
 *
 * A name stands for a file anywhere; with a slash at its end for a folder and all that is in it. One with slashes in
 * it is several parts of a path. `*` stands for any part of a name. Names are the same in capitals.
 */
export const obeyedFiles: readonly { readonly by: string; readonly names: string }[] = [
  {
    by: "the package manager",
    names:
      "package.json package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml pnpm-workspace.yaml bun.lock bun.lockb bunfig.toml deno.json deno.jsonc deno.lock .npmrc .yarnrc .yarnrc.yml .yarn/ .pnpmfile.js .pnpmfile.cjs .pnpmfile.mjs composer.json composer.lock requirements*.txt pipfile pipfile.lock poetry.lock uv.lock uv.toml pip.conf .condarc environment.yml gemfile gemfile.lock *.gemspec *.podspec podfile",
  },
  {
    by: "the build",
    names:
      "makefile gnumakefile bsdmakefile makefile.am makefile.in makefile.inc *.mk *.mak justfile .justfile taskfile.yml taskfile.yaml rakefile *.rake build.gradle build.gradle.kts settings.gradle settings.gradle.kts gradle.properties gradle/ gradlew pom.xml .mvn/ mvnw build.rs cargo.toml cargo.lock cmakelists.txt *.cmake cmakepresets.json cmakeuserpresets.json meson.build build.ninja build.bazel workspace.bazel module.bazel .bazelrc build.sbt build.zig package.swift go.mod go.sum go.work rebar.config mix.exs dune dune-project *.csproj *.fsproj *.vbproj *.props *.targets *.sln wscript sconstruct tiltfile skaffold.yaml turbo.json nx.json lerna.json rush.json magefile.go shell.nix default.nix flake.nix flake.lock procfile",
  },
  {
    by: "JavaScript's tools, which run it",
    names:
      "*.config.js *.config.cjs *.config.mjs *.config.ts *.config.cts *.config.mts vite.config.* vitest.workspace.* .eslintrc .eslintrc.* .prettierrc .prettierrc.* .babelrc .babelrc.* .stylelintrc .stylelintrc.* .postcssrc .postcssrc.* .mocharc.* .nycrc .swcrc .lintstagedrc .lintstagedrc.* .commitlintrc .commitlintrc.* .huskyrc .huskyrc.* .releaserc .releaserc.* .oxlintrc.json .puppeteerrc.* karma.conf.* gulpfile.* gruntfile.* wdio.conf.* protractor.conf.* tsconfig.json tsconfig.*.json jsconfig.json angular.json biome.json biome.jsonc nest-cli.json next.config.* .parcelrc",
  },
  {
    by: "Python's tools",
    names:
      "setup.py setup.cfg pyproject.toml conftest.py tox.ini pytest.ini .pytest.ini noxfile.py tasks.py fabfile.py manage.py sitecustomize.py usercustomize.py *.pth mypy.ini .mypy.ini .flake8 .pylintrc pylintrc ruff.toml .ruff.toml .pdbrc .pythonrc .pythonstartup .ipython/ .jupyter/ pyvenv.cfg __main__.py",
  },
  {
    by: "Ruby's or PHP's tools",
    names:
      ".rspec .rubocop.yml .irbrc .pryrc config.ru phpunit.xml phpunit.xml.dist php.ini .php.ini .user.ini .htaccess .php-cs-fixer.php phpstan.neon rector.php .rprofile .renviron",
  },
  {
    by: "the build server",
    names:
      ".github/ .gitlab-ci.yml .gitlab/ .circleci/ jenkinsfile jenkinsfile.* .travis.yml azure-pipelines.yml .azure-pipelines/ bitbucket-pipelines.yml .drone.yml .buildkite/ .woodpecker/ .woodpecker.yml appveyor.yml .appveyor.yml cloudbuild.yaml cloudbuild.yml buildspec.yml .cirrus.yml .gitea/ .forgejo/ .semaphore/ codemagic.yaml renovate.json .renovaterc .renovaterc.json .goreleaser.yml .goreleaser.yaml wrangler.toml wrangler.jsonc netlify.toml vercel.json fly.toml serverless.yml app.yaml",
  },
  {
    by: "git, at a commit",
    names:
      ".husky/ .githooks/ githooks/ .pre-commit-config.yaml .pre-commit-config.yml .pre-commit-hooks.yaml lefthook.yml lefthook.yaml .lefthook.yml .lefthook/ .overcommit.yml",
  },
  // A file of the name HEAD makes a folder a repository, with a `config` of its own that can name programs.
  {
    by: "git",
    names:
      ".gitattributes .gitmodules .gitconfig git/config git/attributes git/hooks/ head .hg/hgrc .hgrc .jj/ .lfsconfig",
  },
  {
    by: "whatever loads packages",
    names: "node_modules/ .venv/ venv/ site-packages/ vendor/ bower_components/ .pnp.cjs .pnp.loader.mjs",
  },
  {
    by: "tools of the language",
    names:
      ".cargo/ cargo/config cargo/config.toml rust-toolchain rust-toolchain.toml rustfmt.toml .rustfmt.toml clippy.toml .clippy.toml .tool-versions mise.toml .mise.toml .mise/ .node-version .nvmrc .python-version .ruby-version .java-version .sdkmanrc .golangci.yml .golangci.yaml .golangci.toml .clang-format .clang-tidy .clangd compile_commands.json .editorconfig global.json nuget.config",
  },
  {
    by: "the editor",
    names:
      ".vscode/ .vscode-server/ .idea/ .fleet/ .zed/ .devcontainer/ .devcontainer.json *.code-workspace .vim/ .vimrc .gvimrc .exrc .nvimrc .nvim.lua .lvimrc .config/nvim/ init.vim init.lua .emacs .emacs.d/ .dir-locals.el .spacemacs .nanorc *.sublime-project .project.vim .ycm_extra_conf.py",
  },
  {
    by: "the container builder",
    names:
      "dockerfile dockerfile.* *.dockerfile containerfile containerfile.* compose.yml compose.yaml compose.*.yml compose.*.yaml docker-compose*.yml docker-compose*.yaml .dockerignore docker-bake.hcl vagrantfile *.tf *.tf.json *.tofu terragrunt.hcl chart.yaml values.yaml kustomization.yaml kustomization.yml ansible.cfg playbook.yml",
  },
  {
    by: "your shell",
    names:
      ".profile .bashrc .bash_profile .bash_login .bash_logout .bash_aliases .bashenv .zshrc .zshenv .zprofile .zlogin .zlogout .zsh/ .oh-my-zsh/ .kshrc .mkshrc .cshrc .tcshrc .login .logout .inputrc .fishrc config.fish .config/fish/ .envrc .direnvrc .config/direnv/ .env.sh .aliases .functions .exports .shrc .xprofile .xinitrc .xsession .xsessionrc .pam_environment",
  },
  {
    by: "programs that you start",
    names:
      ".curlrc .wgetrc .gdbinit .lldbinit .psqlrc .my.cnf .sqliterc .screenrc .tmux.conf tmux/tmux.conf .lesskey .lessfilter .mailcap .netrc .ssh/ .gnupg/ .ackrc .rgrc .ripgreprc .ctags .ctags.d/ .dircolors .terraformrc .kube/config .docker/config.json .agignore .noserc .perltidyrc .ansible.cfg",
  },
  {
    by: "your desktop when you log in",
    names:
      "autostart/ systemd/user/ launchagents/ launchdaemons/ *.desktop share/applications/ crontab cron.d/ cron.daily/ cron.hourly/ sudoers sudoers.d/",
  },
  {
    by: "agents, as their instructions",
    names:
      "claude.md claude.local.md agents.md agent.md gemini.md .claude/ .claude.json .cursor/ .codex/ .gemini/ .continue/ .aider.conf.yml .mcp.json mcp.json .cursorrules .windsurfrules .windsurf/ .clinerules .clinerules/ .roo/ .roomodes .kiro/ .amazonq/ .junie/ .opencode/ opencode.json opencode.jsonc .goosehints copilot-instructions.md skill.md",
  },
  {
    by: "whoever starts it",
    names:
      "*.sh *.bash *.zsh *.fish *.ksh *.ps1 *.psm1 *.psd1 *.bat *.cmd *.command *.service *.timer *.applescript *.scpt *.vbs *.wsf *.reg",
  },
];
