/**
 * Files and folders that keep secrets, by what they keep. This is the one list: file tools ask before they read them
 * and leave them out of searches, and commands that name them are high.
 *
 * A name stands for a file or folder anywhere, and all that is in it; one with slashes in it is several parts of a
 * path. `*` stands for any part of a name. Names are the same in capitals.
 */
export const secretFiles: readonly { readonly names: string; readonly holds: string }[] = [
  {
    holds: "passwords and tokens of a project",
    names: ".env* *.env env.local secret.* secrets.* secrets *.secret *.secrets *_secret* .htpasswd",
  },
  {
    holds: "private keys",
    names:
      "id_rsa* id_dsa* id_ecdsa* id_ed25519* id_xmss* *.pem *.key *.p12 *.pfx *.jks *.keystore *.ppk .ssh .gnupg wallet.dat",
  },
  {
    holds: "logins",
    names: ".netrc _netrc credentials credentials.json credentials.toml .git-credentials git/credentials",
  },
  { holds: "the login for a database", names: ".pgpass pgpass.conf .my.cnf .mylogin.cnf .dbshell" },
  {
    holds: "the login for a package registry",
    names:
      ".npmrc .pypirc .cargo/credentials .gem/credentials .m2/settings.xml .m2/settings-security.xml .gradle/gradle.properties nuget.config .composer/auth.json composer/auth.json uv/credentials",
  },
  {
    holds: "the login for a cloud",
    names:
      ".aws .gcloud .config/gcloud .azure .oci .boto .s3cfg .databrickscfg .fly/config.yml doctl/config.yaml hcloud/cli.toml rclone/rclone.conf service-account*.json client-secret*.json client_secret*.json application_default_credentials.json .terraformrc terraform.rc credentials.tfrc.json .vault-token",
  },
  { holds: "the login for a cluster", names: ".kube kubeconfig *.kubeconfig kubeconfig.*" },
  {
    holds: "the login for a container registry",
    names: ".docker/config.json .dockercfg containers/auth.json docker/config.json",
  },
  {
    holds: "the login for a code host",
    names: "gh/hosts.yml .config/hub glab-cli/config.yml github-copilot copilot/config.json",
  },
  { holds: "addresses that may carry a token", names: ".git/config .git/credentials .git/modules/*/config" },
  {
    holds: "the login of an agent",
    names:
      ".claude/.credentials.json .claude/credentials.json .claude.json* .codex/auth.json .gemini/oauth_creds.json opencode/auth.json goose/secrets.yaml",
  },
  {
    holds: "the state of an infrastructure, with its passwords",
    names: "*.tfstate *.tfstate.* *.tfvars *.tfvars.json",
  },
  {
    holds: "what was typed before",
    names: ".*_history .histfile .history fish_history consolehost_history.txt .lesshst .viminfo",
  },
  {
    holds: "a browser's passwords and sessions",
    names:
      ".mozilla .config/google-chrome .config/chromium .config/microsoft-edge bravesoftware google/chrome logins.json key4.db cookies.sqlite",
  },
  {
    holds: "a store of passwords",
    names: ".password-store *.kdbx *.keychain *.keychain-db keyrings keychains",
  },
];

/** Samples without a secret in them, made to be read. */
export const harmlessSamples = ".env.example .env.sample .env.template .env.dist .env.test.example";
