/** A chunk of the extension could not be loaded: an update may have deleted the files of the running version. */
export class PartNotLoaded extends Error {
  override readonly name = 'PartNotLoaded';
  constructor(cause: unknown) {
    super(String(cause), { cause });
  }
}

/** Loads a chunk: `loadPart(() => import('./x.chunk'))`. @throws PartNotLoaded */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new PartNotLoaded(cause);
  }
}
