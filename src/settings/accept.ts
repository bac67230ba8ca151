// Validators for values of settings. Each returns the value, or undefined if it is not valid.
import { isRecord } from '../core/gateway/response';

export const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
export const record = (value: unknown) => (isRecord(value) ? value : undefined);
export const oneOf =
  <T extends string>(...values: readonly T[]) =>
  (value: unknown) =>
    values.find((known) => known === value);
/** Accepts `null`, which means "not set". */
export const nullOr =
  <T>(accept: (value: unknown) => T | undefined) =>
  (value: unknown): T | null | undefined =>
    value === null ? null : accept(value);
/** Accepts `null`, which means "not set". */
export const numberBetween =
  (min: number, max: number, { whole = false } = {}) =>
  (value: unknown) => {
    if (value === null) return null;
    const isValid =
      typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value));
    return isValid ? value : undefined;
  };
