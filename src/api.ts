// The API for other extensions, such as one that sets up a company's machines.
import type { ProvisionedCredentials } from './setup/setUp';

export interface BedrockGatewayApi {
  /**
   * Stores credentials and the authentication method without a dialog. Absent values stay as they are, but a new access
   * key ID removes the secret and the session token of the old one.
   */
  setCredentials(credentials: ProvisionedCredentials): Promise<void>;
}
