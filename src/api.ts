import type { ProvisionedCredentials } from './setup/setUp';

/** What other extensions may use, such as one that sets up a company's machines. */
export interface BedrockGatewayApi {
  /**
   * Stores credentials, and the way of authenticating, without a dialog; what is absent stays as it is, except the
   * secret and the session token of another access key ID.
   */
  setCredentials(credentials: ProvisionedCredentials): Promise<void>;
}
