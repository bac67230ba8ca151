// What a setting's value may be: each returns the value, or undefined for one that it does not take.
import { isRecord } from '../core/gateway/response';

export const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
export const record = (value: unknown) => (isRecord(value) ? value : undefined);
export const oneOf =
  <T extends string>(...values: readonly T[]) =>
  (value: unknown) =>
    values.find((known) => known === value);
/** `null` stands for "not set". */
export const numberBetween =
  (least: number, most: number, { whole = false } = {}) =>
  (value: unknown) => {
    if (value === null) return null;
    const fits =
      typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
    return fits ? value : undefined;
  };
