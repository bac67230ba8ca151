// Pictures and documents in Converse: formats, limits, names and places.
import {
  asks,
  assistant,
  describeRules,
  document,
  image,
  modelSays,
  oneError,
  text,
  times,
  user,
} from './converseRules.js';
import { docx, extendedWebp, gif, jpeg, losslessWebp, lossyWebp, pdf, png, xls } from './samples.js';

/** 3.75 MiB, which are 5 MiB in base64. */
const maxImage = 3_932_160;
const maxDocument = 4_718_592;

const accepted = {
  'pictures of four formats': asks(
    user(
      ...[image(png()), image(jpeg(), 'jpeg'), image(gif(), 'gif')],
      ...[lossyWebp(), losslessWebp(), extendedWebp()].map((bytes) => image(bytes, 'webp')),
    ),
  ),
  'a picture of the largest size': asks(user(image(png(8000, 8000, maxImage)))),
  '20 pictures': asks(user(...times(20, () => image(png())))),
  'documents of several formats': asks(
    user(
      text(),
      ...[document('a'), document('b', docx, 'docx'), document('c', xls, 'xls')],
      ...[document('d', Buffer.from('1;2'), 'csv'), document('e', Buffer.from('# x'), 'md')],
    ),
  ),
  'a document of the largest size': asks(user(text(), document('a', pdf(maxDocument)))),
  'every character of a document name': asks(user(document('Az 09-(x) [y]'), text())),
  'a document name of 200 characters': asks(user(document('a'.repeat(200)), text())),
};

const refused: Record<string, readonly [input: object, message: RegExp]> = {
  'a picture of no known format': [
    asks(user(image(png(), 'bmp'))),
    oneError(
      'messages.1.member.content.1.member.image.format',
      'Member must satisfy enum value set: \\[png, jpeg, gif, webp\\]',
    ),
  ],
  'a format in capitals': [asks(user(image(png(), 'PNG'))), /image\.format/],
  'a picture of another format': [
    asks(user(text(), image(png(), 'jpeg'))),
    modelSays(
      'messages.0.content.1.image.source.bytes: The image was specified using the image/jpeg media type, but the image appears to be a image/png image$',
    ),
  ],
  'a picture that is none': [
    asks(user(image(pdf()))),
    modelSays('messages.0.content.0.image.source.bytes: Could not process image'),
  ],
  'a picture without width': [asks(user(image(png(0, 5)))), /Could not process image/],
  'a picture of no bytes': [
    asks(user(image(Buffer.alloc(0)))),
    /image\.source\.bytes' failed to satisfy constraint/,
  ],
  'a picture that is too heavy': [
    asks(user(image(png(1, 1, maxImage + 1)))),
    modelSays(
      'messages.0.content.0.image.source.bytes: image exceeds 5 MB maximum: 5242884 bytes > 5242880 bytes$',
    ),
  ],
  'a picture that is too wide': [
    asks(user(image(png(8001, 1)))),
    /dimensions exceed max allowed size: 8000 pixels/,
  ],
  'a picture that is too high': [
    asks(user(image(extendedWebp(1, 8001), 'webp'))),
    /allowed size: 8000 pixels/,
  ],
  '21 pictures': [
    asks(user(...times(11, () => image(png()))), assistant(text()), user(...times(10, () => image(png())))),
    modelSays('messages: too many images and documents: 21 \\+ 0 > 20$'),
  ],
  'a picture in an assistant message': [
    asks(user(text()), assistant(image(png())), user(text())),
    /^This model doesn't support the image field for assistant messages/,
  ],
  'a picture in a bucket': [
    asks(user({ image: { format: 'png', source: { s3Location: { uri: 's3://bucket/a.png' } } } })),
    /s3Location/,
  ],
  'a picture without a source': [
    asks(user({ image: { format: 'png' } })),
    /image\.source' failed to satisfy constraint/,
  ],

  'a document alone': [asks(user(document())), /^A text block must be included when using documents\./],
  'a document whose text is in another message': [
    asks(user(text()), assistant(text()), user(document())),
    /^A text block must be included/,
  ],
  'six documents': [
    asks(user(text(), ...times(6, (index) => document(`Document ${index}`)))),
    /^You can't include more than 5 documents in a request\.$/,
  ],
  'two documents of one name': [
    asks(user(text(), document('a')), assistant(text()), user(text(), document('a'))),
    /^Messages can't contain duplicate document names\./,
  ],
  'a document of an unknown format': [asks(user(text(), document('a', pdf(), 'rtf'))), /document\.format/],
  'a document that is too large': [
    asks(user(text(), document('a', pdf(maxDocument + 1)))),
    /^The maximum document size is 4\.5 MB\./,
  ],
  'a PDF that is none': [
    asks(user(text(), document('a', docx))),
    modelSays('messages.0.content.1.document.source.bytes: The PDF specified was not valid'),
  ],
  'a Word file that is none': [
    asks(user(text(), document('a', pdf(), 'docx'))),
    /document specified was not valid/,
  ],
  'a document in an assistant message': [
    asks(user(text()), assistant(text(), document()), user(text())),
    /^This model doesn't support the document field for assistant messages/,
  ],
  ...Object.fromEntries(
    ['report.pdf', 'a  b', 'tab\there', 'über', '日本', 'a_b', 'a/b', 'full\u3000width', 'line\nbreak'].map(
      (name) =>
        [
          `the document name ${JSON.stringify(name)}`,
          [asks(user(text(), document(name))), /^The document file name can only contain alphanumeric/],
        ] as const,
    ),
  ),
  'a document without a name': [asks(user(text(), document(''))), /document\.name/],
  'a document name of 201 characters': [
    asks(user(text(), document('a'.repeat(201)))),
    oneError(
      'messages.1.member.content.2.member.document.name',
      'Member must have length less than or equal to 200',
    ),
  ],
};

describeRules('an attachment in Converse at the stand-in', { accepted, refused });
