// All that the SDK is known to read from the environment and from ~/.aws, each saying something that is not to
// happen: other keys, another host, more attempts, a program to run.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Anything on it that is reached shows up as a connection; nothing listens there. */
const elsewhere = 'http://127.0.0.1:9';

/** Writes the files into `folder`; whoever obeys them writes `marker`. */
export function hostileEnvironment(folder: string, marker: string): Record<string, string> {
  const touch = `${process.execPath} -e "require('fs').writeFileSync('${marker}', 'obeyed')"`;
  const settings = `
region = eu-north-1
endpoint_url = ${elsewhere}
services = hostile
credential_process = ${touch}
retry_mode = adaptive
max_attempts = 7
use_fips_endpoint = true
use_dualstack_endpoint = true
sdk_ua_app_id = hostile-app
defaults_mode = mobile
auth_scheme_preference = httpBearerAuth
sigv4a_signing_region_set = *
request_min_compression_size_bytes = 0
`;
  const config = `[default]${settings}
[profile hostile]${settings}
[services hostile]
bedrock_runtime =
  endpoint_url = ${elsewhere}
bedrock =
  endpoint_url = ${elsewhere}
`;
  const keys =
    'aws_access_key_id = AKIAHOSTILEFILE\naws_secret_access_key = hostile\naws_session_token = hostile\n';
  const aws = path.join(folder, '.aws');
  mkdirSync(aws);
  writeFileSync(path.join(aws, 'config'), config);
  writeFileSync(
    path.join(aws, 'credentials'),
    `[default]\n${keys}[hostile]\ncredential_process = ${touch}\n`,
  );
  return {
    HOME: folder,
    USERPROFILE: folder,
    AWS_CONFIG_FILE: path.join(aws, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(aws, 'credentials'),
    AWS_PROFILE: 'hostile',
    AWS_ACCESS_KEY_ID: 'AKIAHOSTILEVARIABLE',
    AWS_SECRET_ACCESS_KEY: 'hostile',
    AWS_SESSION_TOKEN: 'hostile-session',
    AWS_CREDENTIAL_EXPIRATION: '2001-01-01T00:00:00Z',
    AWS_BEARER_TOKEN_BEDROCK: 'hostile-bearer',
    AWS_REGION: 'eu-north-1',
    AWS_DEFAULT_REGION: 'eu-north-1',
    AWS_ENDPOINT_URL: elsewhere,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: elsewhere,
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_MAX_ATTEMPTS: '7',
    AWS_RETRY_MODE: 'adaptive',
    AWS_SDK_UA_APP_ID: 'hostile-app',
    AWS_AUTH_SCHEME_PREFERENCE: 'httpBearerAuth',
    AWS_DEFAULTS_MODE: 'mobile',
    AWS_SIGV4A_SIGNING_REGION_SET: '*',
    AWS_LAMBDA_FUNCTION_NAME: 'hostile-function',
    _X_AMZN_TRACE_ID: 'Root=1-hostile;Sampled=1',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${elsewhere}/keys`,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: elsewhere,
    AWS_EXECUTION_ENV: 'hostile-execution',
  };
}
