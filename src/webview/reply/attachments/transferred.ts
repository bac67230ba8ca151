// What a paste or a drop brings that can be attached.

export interface Transferred {
  readonly files: readonly File[];
  /** Names of folders, which cannot be attached. */
  readonly folders: readonly string[];
  /** Files of VS Code's explorer or its editors. */
  readonly uris: readonly string[];
}

/** The types of what VS Code's own views let drag. `resourceurls` lacks folders, and `text/uri-list` all files but one. */
const vsCodeUris = 'application/vnd.code.uri-list';
const vsCodeResources = 'resourceurls';

/** Whether something is dragged that can be attached: more is not known before it is dropped. */
export function isAttachable({ types }: DataTransfer): boolean {
  return ['Files', vsCodeUris, vsCodeResources].some((type) => types.includes(type));
}

/** @returns undefined if that is text, which goes into the field */
export function dropped(data: DataTransfer): Transferred | undefined {
  const uris = urisIn(data);
  // Desktop VS Code may give the same files twice.
  return uris.length > 0 ? { files: [], folders: [], uris } : filesIn(data);
}

/**
 * @returns undefined if the text is to be pasted. Text wins over its picture, which Office puts beside it, but not over a
 * file that it only names.
 */
export function pasted(data: DataTransfer): Transferred | undefined {
  const found = filesIn(data);
  if (!found) return undefined;
  const text = data.getData('text/plain').trim();
  const [only, ...others] = found.files;
  const isPicture = only?.name === 'image.png' && others.length === 0;
  const names = text.split(/\s*\n/).map(baseName);
  if (!text || found.files.every(({ name }) => names.includes(name)))
    return isPicture && !text ? { ...found, files: [withoutName(only)] } : found;
  // A picture of a page, beside its address.
  const isAddress = /^https?:\S+$/.test(text) && /<img\b/i.test(data.getData('text/html'));
  if (isPicture) return isAddress ? { ...found, files: [withoutName(only)] } : undefined;
  return found;
}

/** The clipboard has no name for a picture that is no file; Chromium calls it image.png. */
function withoutName(file: File): File {
  return new File([file], '', { type: file.type });
}

function filesIn({ items }: DataTransfer): Transferred | undefined {
  const found = [...items].filter(({ kind }) => kind === 'file');
  if (found.length === 0) return undefined;
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of found) {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory) folders.push(entry.name);
    else if (file) files.push(file);
  }
  return { files, folders, uris: [] };
}

/** The addresses of files. Those of the web are text. */
function urisIn(data: DataTransfer): readonly string[] {
  const lines = (type: string) => data.getData(type).split(/\r?\n/);
  const ofVsCode = [...lines(vsCodeUris), ...jsonStrings(data.getData(vsCodeResources))];
  const ofOthers = lines('text/uri-list').filter((line) => line.startsWith('file:'));
  const uris = (ofVsCode.some(Boolean) ? ofVsCode : ofOthers).filter((line) =>
    /^(?!https?:)[a-z]/i.test(line),
  );
  return [...new Set(uris)];
}

function jsonStrings(json: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
