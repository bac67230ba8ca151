// What of a paste or a drop is attached, and what stays text.
import assert from 'node:assert/strict';
import { dropped, isAttachable, pasted } from '../../../../../src/webview/reply/attachments/transferred';

interface Given {
  readonly files?: readonly (readonly [name: string, type: string])[];
  readonly folders?: readonly string[];
  readonly data?: Readonly<Record<string, string>>;
}

/** As a browser gives it. */
function transfer({ files = [], folders = [], data = {} }: Given): DataTransfer {
  const ofFiles = files.map(([name, type]) => ({
    ...{ kind: 'file', type },
    getAsFile: () => new File(['x'], name, { type }),
    webkitGetAsEntry: () => ({ isDirectory: false, name }),
  }));
  const ofFolders = folders.map((name) => ({
    ...{ kind: 'file', type: '' },
    getAsFile: () => new File([], name),
    webkitGetAsEntry: () => ({ isDirectory: true, name }),
  }));
  const items = [...Object.keys(data).map((type) => ({ kind: 'string', type })), ...ofFiles, ...ofFolders];
  return {
    types: [...Object.keys(data), ...(ofFiles.length + ofFolders.length > 0 ? ['Files'] : [])],
    items,
    getData: (type: string) => data[type] ?? '',
  } as unknown as DataTransfer;
}

const names = (found: ReturnType<typeof pasted>) => found?.files.map(({ name }) => name);
const picture = ['image.png', 'image/png'] as const;

describe('what is pasted', () => {
  it('is attached if it is a picture without a text, whose name nobody gave', () => {
    const found = pasted(transfer({ files: [picture] }));
    assert.deepEqual(names(found), ['']);
    assert.equal(found?.files[0]?.type, 'image/png');
    assert.deepEqual(names(pasted(transfer({ files: [picture], data: { 'text/html': '<img src="x">' } }))), [
      '',
    ]);
  });

  it('is a text if the picture is one of that text, as Office and spreadsheets give it', () => {
    const data = { 'text/plain': 'a\tb\n1\t2', 'text/html': '<table><img></table>', 'text/rtf': '{}' };
    assert.equal(pasted(transfer({ files: [picture], data })), undefined);
    assert.equal(
      pasted(transfer({ files: [picture], data: { 'text/plain': 'See https://x.test' } })),
      undefined,
    );
  });

  it('is a picture of a page of the web, beside which there is its address alone', () => {
    const data = { 'text/plain': 'https://x.test/a.png', 'text/html': '<img src="https://x.test/a.png">' };
    assert.deepEqual(names(pasted(transfer({ files: [picture], data }))), ['']);
    assert.equal(
      pasted(transfer({ files: [picture], data: { ...data, 'text/html': '<a href="https://x.test">' } })),
      undefined,
    );
  });

  it('is files beside which there are their names or paths', () => {
    const files = [['a b.pdf', 'application/pdf'], picture] as const;
    for (const text of [
      '',
      'a b.pdf\nimage.png',
      '/home/x/image.png\n/home/x/a b.pdf',
      'C:\\x\\image.png\r\nC:\\a b.pdf',
    ])
      assert.deepEqual(names(pasted(transfer({ files, data: { 'text/plain': text } }))), [
        'a b.pdf',
        'image.png',
      ]);
    // A file that is called so has its name.
    assert.deepEqual(names(pasted(transfer({ files: [picture], data: { 'text/plain': 'image.png' } }))), [
      'image.png',
    ]);
  });

  it('is a text if there are no files', () => {
    for (const data of [{}, { 'text/plain': 'x' }, { 'text/uri-list': 'file:///x' }])
      assert.equal(pasted(transfer({ data })), undefined);
  });
});

describe('what is dropped', () => {
  const vsCode = 'application/vnd.code.uri-list';

  it('is files of the desktop, without the folders among them', () => {
    const found = dropped(transfer({ files: [['a.txt', 'text/plain']], folders: ['src'] }));
    assert.deepEqual([names(found), found?.folders, found?.uris], [['a.txt'], ['src'], []]);
  });

  it('is files of VS Code, each once, whatever else is told about them', () => {
    const uris = ['vscode-remote://wsl/a.ts', 'memfs:/b.ts', 'untitled:Untitled-1'];
    const all = transfer({
      files: [['a.ts', '']],
      data: {
        'text/plain': 'a.ts',
        'text/uri-list': uris[0]!,
        [vsCode]: uris.join('\r\n'),
        resourceurls: JSON.stringify(uris),
      },
    });
    assert.deepEqual(dropped(all), { files: [], folders: [], uris });
    assert.deepEqual(dropped(transfer({ data: { resourceurls: JSON.stringify(uris) } }))?.uris, uris);
    // A folder of the explorer.
    assert.deepEqual(dropped(transfer({ data: { [vsCode]: 'file:///src' } }))?.uris, ['file:///src']);
  });

  it('is files of another program, by their addresses', () => {
    const list = '# a remark\r\nfile:///a.pdf\r\n\r\nfile:///b.pdf\r\n';
    assert.deepEqual(dropped(transfer({ data: { 'text/uri-list': list } }))?.uris, [
      'file:///a.pdf',
      'file:///b.pdf',
    ]);
  });

  it('is a text if it is a link, or a text', () => {
    for (const data of [
      { 'text/plain': 'file:///x' },
      { 'text/uri-list': 'https://x.test/a.png', 'text/plain': 'https://x.test/a.png' },
      { 'text/uri-list': 'javascript:alert(1)\ndata:text/html,x\ncommand:x' },
      { [vsCode]: 'https://x.test\n', resourceurls: '["http://x.test"]' },
      { resourceurls: '{' },
      { resourceurls: '[1, null]' },
      { resourceurls: '"file:///x"' },
    ])
      assert.equal(dropped(transfer({ data })), undefined, JSON.stringify(data));
  });

  it('can be told while it is dragged, when its contents are not known yet', () => {
    const types = (...list: string[]) => ({ types: list }) as unknown as DataTransfer;
    assert.ok(isAttachable(types('Files')));
    assert.ok(isAttachable(types('text/plain', vsCode)));
    assert.ok(isAttachable(types('resourceurls')));
    assert.ok(!isAttachable(types('text/plain', 'text/uri-list', 'text/html')));
  });
});
