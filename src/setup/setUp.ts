// The one front door: address → who authenticates → keys → region → model. Also reached, in part, by whatever
// needs a piece that is missing.
import { l10n } from 'vscode';
import type { SecretStore, SecretName, StoredSecrets } from './secretStore';
import type { Authentication } from '../core/model/request';
import type { AwsProfiles } from '../aws/awsProfiles';
import { secretProblem } from './secretProblem';
import {
  configuration,
  readAddress,
  readAuthentication,
  readModel,
  readProfile,
  readRegion,
  writeSetting,
} from '../settings';
import type { ReportError } from '../ui/errors';
import { confirmLoss, showInformationMessage } from '../ui/messages';
import { pickModel } from './pickModel';
import { SecretDraft } from './secretSteps';
import { type Step, addressStep, authenticationStep, modelStep, regionStep } from './steps';
import { type AgreedModels, storeModel } from './storeModel';

/** Steps that may depend on the answers before them: asked for again after each. */
type Course = () => readonly Step[];

export class SetUp {
  constructor(
    private readonly credentials: SecretStore,
    private readonly agreed: AgreedModels,
    private readonly profiles: AwsProfiles,
    private readonly report: ReportError,
  ) {}

  readonly storeModel = (id: string): Promise<void> => storeModel(id, this.agreed);

  /** Asks which model is used from now on. */
  async selectModel(): Promise<void> {
    await pickModel({ title: l10n.t('Select Model') }, this.storeModel);
  }

  /** All steps, what is known already filled in. Returns whether it was walked to its end. */
  async all(): Promise<boolean> {
    const credentials = this.credentialSteps();
    const course: Course = () => [addressStep, ...credentials(), regionStep, modelStep(this.storeModel)];
    return this.walk(l10n.t('Set Up Bedrock via AI Gateway'), course);
  }

  /** The step of the keys alone, with the choice of who authenticates. */
  async credentialsAlone(): Promise<boolean> {
    return this.walk(l10n.t('Set Credentials'), this.credentialSteps());
  }

  /** Who authenticates, and what that takes. */
  private credentialSteps(): Course {
    const draft = new SecretDraft(this.credentials);
    return () => {
      const byProfile = configuration().get('aws.authentication') === 'profile';
      return [authenticationStep, ...(byProfile ? [this.profiles.pick] : []), ...draft.steps()];
    };
  }

  /**
   * Asks for what is missing to send a prompt, and for nothing else. Returns whether all is there.
   * @throws SettingInvalid when a setting is there, but cannot be used.
   */
  async complete(): Promise<boolean> {
    const steps: Step[] = [];
    if (!readAddress()) steps.push(addressStep);
    const authentication = readAuthentication();
    const profileMissing = authentication === 'profile' && !(await this.profiles.has(readProfile()));
    const keysMissing = profileMissing || !(await this.credentials.suffice(authentication));
    if (readModel() === undefined) steps.push(modelStep(this.storeModel));
    const title = l10n.t('Needed Before the First Prompt');
    if (keysMissing) {
      const credentials = this.credentialSteps();
      // Of a profile it is named at once that there is none; who authenticates is a step back.
      const from = profileMissing && steps.length === 0 ? 1 : 0;
      if (!(await this.walk(title, () => [...steps, ...credentials()], from))) return false;
    } else if (steps.length > 0 && !(await this.walk(title, () => steps))) return false;
    // Only now: the address may have told the region.
    const model = readModel()?.id;
    if (model === undefined || readRegion(model) !== undefined) return model !== undefined;
    return this.walk(title, () => [regionStep]);
  }

  /**
   * Stores credentials without a dialog, for an extension that sets up a company's machines; says that it did.
   * @throws TypeError when a value cannot be such a secret; SettingNotWritten
   */
  async store({ authentication, profile, ...secrets }: ProvisionedCredentials): Promise<void> {
    for (const [name, value] of Object.entries(secrets)) {
      const problem = secretProblem(name as SecretName, value);
      // Which one, and why; never the value.
      if (problem) throw new TypeError(`${name}: ${problem}`);
    }
    if (authentication !== undefined) await writeSetting('aws.authentication', authentication);
    if (profile !== undefined) await writeSetting('aws.profile', profile);
    await this.credentials.store(secrets);
    void showInformationMessage(l10n.t('Another extension has stored credentials for Bedrock.'));
  }

  /** Forgets all secrets, after asking. */
  async clear(): Promise<void> {
    const forget = l10n.t('Forget Them');
    const detail = l10n.t(
      'AWS keys, session token, Bedrock API key and gateway token are removed from VS Code’s secret storage.',
    );
    if (!(await confirmLoss(l10n.t('Forget all stored credentials?'), detail, forget))) return;
    await this.credentials.clear();
    void showInformationMessage(l10n.t('The credentials are forgotten.'));
  }

  /**
   * Walks a course from its first step, or from another; returns whether its end was reached. A step whose answer
   * cannot be stored says so, and stays.
   */
  private async walk(title: string, course: Course, from = 0): Promise<boolean> {
    const notStored = (error: unknown) => this.report(title, error);
    for (let at = from; ;) {
      const steps = course();
      const step = steps[at];
      if (!step) return true;
      const position = { title, step: at + 1, steps: steps.length, canGoBack: at > 0, notStored };
      const answer = await step(position);
      if (answer === 'left') return false;
      at += answer === 'back' ? -1 : 1;
    }
  }
}

export interface ProvisionedCredentials extends Partial<StoredSecrets> {
  readonly authentication?: Authentication;
  /** The profile of ~/.aws that `profile` authenticates with. */
  readonly profile?: string;
}
