// What a file is, whatever its name says.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { headLength, recognize, recognizeHead } from '../../../src/prompt/attachKind';
import { pdfPages } from '../../../src/prompt/pdfPages';
import { pictureSize } from '../../../src/core/content/pictureSize';
import { project } from '../../vscode/project';
import {
  foreignPictures,
  gifOf,
  jpegOf,
  oleOf,
  pdfOf,
  pngOf,
  unsupportedFiles,
  webpOf,
  zipOf,
} from './someFiles';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytesOf = (...bytes: readonly number[]) => Uint8Array.from(bytes);

describe('the kind of a file', () => {
  it('is a picture that Bedrock takes', () => {
    assert.deepEqual(recognize(pngOf(1, 1)), { kind: 'image', format: 'png' });
    assert.deepEqual(recognize(jpegOf(1, 1)), { kind: 'image', format: 'jpeg' });
    assert.deepEqual(recognize(gifOf(1, 1)), { kind: 'image', format: 'gif' });
    assert.deepEqual(recognize(webpOf('VP8X', 1, 1)), { kind: 'image', format: 'webp' });
  });

  it('is a document', () => {
    for (const [format, file] of Object.entries({
      pdf: pdfOf(1),
      docx: zipOf('[Content_Types].xml', '_rels/.rels', 'word/document.xml'),
      xlsx: zipOf('[Content_Types].xml', 'xl/workbook.xml'),
      doc: oleOf('Root Entry', '1Table', 'WordDocument'),
      xls: oleOf('Root Entry', 'Workbook'),
    }))
      assert.deepEqual(recognize(file), { kind: 'document', format }, format);
    // All of it is text, or what is before its beginning.
    assert.equal(recognize(utf8('%PDF-1.4\n1 0 obj\n<< >>\nendobj')).kind, 'document');
    assert.equal(recognize(bytesOf(0xff, 0x00, ...pdfOf(1))).kind, 'document');
  });

  it('is a text in UTF-8 or UTF-16, without its byte order mark', () => {
    const text = 'Zeile 1\r\n日本語 🙂\t\x1b[0m\n';
    const wide = Buffer.from(text, 'utf16le');
    for (const file of [
      utf8(text),
      bytesOf(0xef, 0xbb, 0xbf, ...utf8(text)),
      bytesOf(0xff, 0xfe, ...wide),
      bytesOf(0xfe, 0xff, ...Buffer.from(wide).swap16()),
    ])
      assert.deepEqual(recognize(file), { kind: 'text', text });
    // What a text begins with makes it nothing else.
    for (const beginning of [
      'GIF89a is a format',
      'BM25 ranks',
      'MZ is',
      'ID3',
      'PK',
      'RIFF....WEBP',
      'About %PDF-1.7',
      '<svg/>',
      '8BPS',
    ])
      assert.equal(recognize(utf8(beginning)).kind, 'text', beginning);
    assert.equal(recognize(utf8(' ')).kind, 'text');
    assert.equal(recognize(new Uint8Array()).kind, 'empty');
  });

  it('may be a text in an encoding that it does not tell', () => {
    for (const bytes of [
      Buffer.from('Größe, naïve, café', 'latin1'),
      bytesOf(0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea),
    ])
      assert.deepEqual(recognize(new Uint8Array(bytes)), { kind: 'encodedText' });
    assert.deepEqual(recognize(new Uint8Array(Buffer.from('wide', 'utf16le'))), {
      kind: 'unsupported',
      what: 'binary',
    });
    assert.equal(recognize(bytesOf(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0)).kind, 'unsupported');
  });

  it('is one that a model does not get, and says which', () => {
    for (const [what, files] of Object.entries(unsupportedFiles))
      for (const [index, file] of files.entries())
        assert.deepEqual(recognize(file), { kind: 'unsupported', what }, `${what} ${index}`);
    for (const [name, file] of Object.entries(foreignPictures)) {
      const found = recognize(file);
      assert.deepEqual([found.kind, 'name' in found && found.name], ['foreignPicture', name]);
    }
  });

  it('is found for each file of this project', () => {
    const files = ['media', 'src/core', 'test/gateway', 'docs']
      .flatMap((folder) =>
        readdirSync(path.join(project, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
          path.join(project, folder, file),
        ),
      )
      .filter((file) => path.extname(file));
    assert.ok(files.length > 100);
    for (const file of files) {
      const { kind } = recognize(readFileSync(file));
      assert.equal(kind, /\.(png|webp)$/.test(file) ? 'image' : 'text', file);
    }
  });

  it('is found of the beginning alone, if that is no text', () => {
    const kindOf = (bytes: Uint8Array, name = '') => recognizeHead(bytes.subarray(0, headLength), name);
    assert.deepEqual(kindOf(pngOf(1, 1)), { kind: 'image', format: 'png' });
    assert.deepEqual(kindOf(unsupportedFiles.video[0]), { kind: 'unsupported', what: 'video' });
    assert.deepEqual(kindOf(zipOf('a.txt')), { kind: 'unsupported', what: 'archive' });
    assert.deepEqual(kindOf(zipOf('a.txt'), 'a.DOCX'), { kind: 'document', format: 'docx' });
    assert.deepEqual(kindOf(pdfOf(1)), { kind: 'document', format: 'pdf' });
    for (const text of ['x'.repeat(headLength), 'GIF89a', '日'.repeat(headLength)])
      assert.equal(kindOf(utf8(text)), undefined, text.slice(0, 6));
  });

  it('never fails, whatever the bytes are', () => {
    const heads = [pngOf(1, 1), jpegOf(1, 1), webpOf('VP8L', 1, 1), zipOf('a'), oleOf('Workbook'), pdfOf(1)];
    fc.assert(
      fc.property(
        fc.constantFrom(new Uint8Array(), ...heads),
        fc.nat(64),
        fc.uint8Array({ maxLength: 200 }),
        (head, cut, rest) => {
          const bytes = bytesOf(...head.subarray(0, cut), ...rest);
          const found = recognize(bytes);
          recognizeHead(bytes, 'a.docx');
          if (found.kind === 'image') pictureSize(bytes, found.format);
          pdfPages(bytes);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the size of a picture', () => {
  it('is that of its header, in each format', () => {
    for (const [width, height] of [
      [1, 1],
      [800, 600],
      [8001, 3],
      [16383, 16383],
    ] as const) {
      const size = { width, height };
      assert.deepEqual(pictureSize(pngOf(width, height), 'png'), size);
      assert.deepEqual(pictureSize(gifOf(width, height), 'gif'), size);
      for (const frame of [0xc0, 0xc1, 0xc2, 0xcf])
        assert.deepEqual(pictureSize(jpegOf(width, height, frame), 'jpeg'), size);
      for (const kind of ['VP8 ', 'VP8L', 'VP8X'] as const)
        assert.deepEqual(pictureSize(webpOf(kind, width, height), 'webp'), size, kind);
    }
    const icon = readFileSync(path.join(project, 'media', 'icon.png'));
    assert.deepEqual(pictureSize(icon, 'png'), { width: 256, height: 256 });
    for (const file of readdirSync(path.join(project, 'media', 'pictures'))) {
      const size = pictureSize(readFileSync(path.join(project, 'media', 'pictures', file)), 'webp');
      assert.ok(size && size.width > 300 && size.width < 4000, file);
    }
  });

  it('is unknown if the picture is damaged, wherever it ends', () => {
    const whole = {
      png: pngOf(8, 8),
      gif: gifOf(8, 8),
      jpeg: jpegOf(8, 8),
      webp: webpOf('VP8X', 8, 8),
    } as const;
    for (const [format, bytes] of Object.entries(whole)) {
      for (let end = 0; end < 10; end++)
        assert.equal(pictureSize(bytes.subarray(0, end), format as keyof typeof whole), undefined, format);
    }
    assert.equal(pictureSize(pngOf(0, 8), 'png'), undefined);
    const frame = [0xff, 0xc0, 0, 17, 8, 0, 8, 0, 8];
    assert.ok(pictureSize(bytesOf(0xff, 0xd8, ...frame), 'jpeg'));
    assert.equal(pictureSize(bytesOf(0xff, 0xd8, 0xff, 0xe0, 0, 0, ...frame), 'jpeg'), undefined);
    assert.equal(pictureSize(bytesOf(0xff, 0xd8, 0x12, 0x34), 'jpeg'), undefined);
  });
});

describe('the pages of a PDF', () => {
  it('are those of the root of its tree, compressed or not, or of its first object', () => {
    assert.equal(pdfPages(pdfOf(12)), 12);
    assert.equal(pdfPages(pdfOf(345, { compressed: true })), 345);
    const note = '9 0 obj\n<< /Linearized 1 /L 99 /H [ 5 6 ] /O 11 /E 7 /N 21 /T 88 >>\nendobj';
    assert.equal(pdfPages(pdfOf(2, { note })), 21);
    const turned = pdfOf(0, { note: '<< /Count 7 /Kids [1 0 R] /Type /Pages >>' });
    assert.equal(pdfPages(turned), 7);
  });

  it('are unknown if nothing tells, or nobody would believe it', () => {
    const texts = [
      '',
      '<< /Type /Pages /Count 0 >>',
      '<< /Type /Pages /Count 999999 >>',
      '/Type /ObjStm stream\nx',
    ];
    for (const text of texts) assert.equal(pdfPages(utf8(`%PDF-1.7\n${text}`)), undefined, text);
  });

  it('are not looked for forever', () => {
    const bomb = pdfOf(5, { compressed: true, note: '/Type /Pages '.repeat(300_000) });
    const began = performance.now();
    pdfPages(bomb);
    pdfPages(utf8(`%PDF-${'/Type /ObjStm stream\n'.repeat(200_000)}`));
    pdfPages(utf8(`%PDF-${'/Count 5 '.repeat(400_000)}/Type /Pages`));
    assert.ok(performance.now() - began < 2000, `${performance.now() - began} ms`);
  });
});
