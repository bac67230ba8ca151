// The dialogs of Set Up: address → authentication method → keys → region → model. Other features run the steps whose
// answers they need.
import { l10n } from 'vscode';
import type { SecretStore, SecretName, StoredSecrets } from './secretStore';
import type { Authentication } from '../core/model/request';
import type { AwsProfiles } from '../aws/awsProfiles';
import { secretProblem } from './secretProblem';
import {
  configuration,
  readAddress,
  readAuthentication,
  readModelId,
  readProfile,
  readRegion,
  writeSetting,
  unlessInvalid,
} from '../settings';
import type { ReportError } from '../ui/errors';
import { confirmLoss, showInformationMessage } from '../ui/messages';
import { pickModel } from './pickModel';
import { SecretDraft } from './secretSteps';
import { type Step, addressStep, authenticationStep, modelStep, regionStep } from './steps';
import { type AgreedModels, storeModel } from './storeModel';

/** Returns the steps of a dialog. Called again after each answer, since later steps may depend on it. */
type ListSteps = () => readonly Step[];

export class SetUp {
  constructor(
    private readonly credentials: SecretStore,
    private readonly agreed: AgreedModels,
    private readonly profiles: AwsProfiles,
    private readonly report: ReportError,
  ) {}

  readonly storeModel = (id: string): Promise<void> => storeModel(id, this.agreed);

  /** Asks for the model to use from now on. */
  async selectModel(): Promise<void> {
    await pickModel({ title: l10n.t('Select Model') }, this.storeModel);
  }

  /** Asks for a model, and saves nothing. `current` is marked. Resolves to undefined if the user closes the pick. */
  async pickModel(title: string, current: string | undefined): Promise<string | undefined> {
    const answer = await pickModel({ title }, () => Promise.resolve(), current);
    return typeof answer === 'object' ? answer.value : undefined;
  }

  /** Runs all steps, with the current values filled in. Returns whether the user completed them. */
  async all(): Promise<boolean> {
    const credentials = this.credentialSteps();
    const steps: ListSteps = () => [addressStep, ...credentials(), regionStep, modelStep(this.storeModel)];
    return this.runWizard(l10n.t('Set Up Bedrock via AI Gateway'), steps);
  }

  /** Runs the steps of authentication method and keys. Returns whether the user completed them. */
  async credentialsAlone(): Promise<boolean> {
    return this.runWizard(l10n.t('Set Credentials'), this.credentialSteps());
  }

  /** The authentication method, and the steps that it needs. */
  private credentialSteps(): ListSteps {
    const draft = new SecretDraft(this.credentials);
    return () => {
      const byProfile = configuration().get('aws.authentication') === 'profile';
      return [authenticationStep, ...(byProfile ? [this.profiles.pick] : []), ...draft.steps()];
    };
  }

  /**
   * Asks only for what is missing to send a prompt. Returns whether everything is there.
   * @throws SettingInvalid if a setting has a value that can't be used.
   */
  async complete(): Promise<boolean> {
    const steps: Step[] = [];
    if (!readAddress()) steps.push(addressStep);
    const authentication = readAuthentication();
    const profileMissing = authentication === 'profile' && !(await this.profiles.has(readProfile()));
    const keysMissing = profileMissing || !(await this.credentials.suffice(authentication));
    if (readModelId() === undefined) steps.push(modelStep(this.storeModel));
    const title = l10n.t('Required Before the First Prompt');
    if (keysMissing) {
      const credentials = this.credentialSteps();
      // A missing profile is asked for immediately; the authentication method is one step back.
      const first = profileMissing && steps.length === 0 ? 1 : 0;
      if (!(await this.runWizard(title, () => [...steps, ...credentials()], first))) return false;
    } else if (steps.length > 0 && !(await this.runWizard(title, () => steps))) return false;
    // Only now, since the address may have contained the region.
    const model = readModelId();
    if (model === undefined || readRegion(model) !== undefined) return model !== undefined;
    return this.runWizard(title, () => [regionStep]);
  }

  /**
   * Stores credentials without a dialog, for an extension that sets up a company's machines, and notifies the user. Does
   * nothing if all of it is stored already, since such an extension may run with each start of VS Code.
   * @throws TypeError if a value cannot be such a secret; SettingNotWritten
   */
  async store({ authentication, profile, ...secrets }: ProvisionedCredentials): Promise<void> {
    for (const [name, value] of Object.entries(secrets)) {
      const problem = secretProblem(name as SecretName, value);
      // The name and the problem; never the value.
      if (problem) throw new TypeError(`${name}: ${problem}`);
    }
    const isSet =
      (authentication === undefined || authentication === unlessInvalid(readAuthentication, undefined)) &&
      (profile === undefined || profile === unlessInvalid(readProfile, undefined));
    if (isSet && (await this.credentials.holds(secrets))) return;
    if (authentication !== undefined) await writeSetting('aws.authentication', authentication);
    if (profile !== undefined) await writeSetting('aws.profile', profile);
    await this.credentials.store(secrets);
    void showInformationMessage(l10n.t('Another extension stored credentials for Bedrock.'));
  }

  /** Removes all secrets, after the user confirms. */
  async clear(): Promise<void> {
    const remove = l10n.t('Remove Credentials');
    const detail = l10n.t(
      'This removes the AWS keys, session token, Bedrock API key and gateway token from VS Code’s secret storage.',
    );
    if (!(await confirmLoss(l10n.t('Remove all stored credentials?'), detail, remove))) return;
    await this.credentials.clear();
    void showInformationMessage(l10n.t('The stored credentials were removed.'));
  }

  /**
   * Runs the steps from `first` (0-based) on. Returns whether the user completed them. If an answer can't be stored, an
   * error is shown and the step stays open.
   */
  private async runWizard(title: string, listSteps: ListSteps, first = 0): Promise<boolean> {
    const onStoreError = (error: unknown) => this.report(title, error);
    for (let at = first; ;) {
      const steps = listSteps();
      const step = steps[at];
      if (!step) return true;
      const position = { title, step: at + 1, steps: steps.length, canGoBack: at > 0, onStoreError };
      const answer = await step(position);
      if (answer === 'cancelled') return false;
      at += answer === 'back' ? -1 : 1;
    }
  }
}

export interface ProvisionedCredentials extends Partial<StoredSecrets> {
  readonly authentication?: Authentication;
  /** The name of the profile in ~/.aws. */
  readonly profile?: string;
}
