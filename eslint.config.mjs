// What the linter holds that types cannot: the border of src/core, and that no sentence a user sees
// escapes translation.
import tseslint from 'typescript-eslint';

/** A word and, after a blank, one in small letters make a sentence; names and header names do not look so. */
const sentence = '/[A-Za-z]{2,} [a-z]{2,}/';
/** l10n.t(…) translates; log.info(…) and its kin write to the log, which is not translated. */
const allowedCall = 'CallExpression[callee.property.name=/^(t|trace|debug|info|warn|error)$/]';

function core(files, inside) {
  return {
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(?!(${inside}|@smithy/|@aws-sdk/client-bedrock-runtime$))`,
              message: 'core runs without an editor, a file system or a network of its own: pass a port in.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'core is loaded whole.' },
        { selector: "MemberExpression[object.name='globalThis']", message: 'Pass a port in.' },
      ],
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'setImmediate', 'window', 'document', 'fetch', 'require'],
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'src/webview/tsconfig.json', 'test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `{ [K in Kind]: Handler }` says that a table is complete; Record says it less plainly.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'no-restricted-properties': [
        'error',
        { object: 'describe', property: 'only' },
        { object: 'it', property: 'only' },
        { object: 'describe', property: 'skip' },
        { object: 'it', property: 'skip' },
        { object: 'URL', property: 'canParse', message: 'Wrong in Node once it is hot: use core/url.ts.' },
      ],
    },
  },
  // core may import itself, and what signs and speaks for AWS; all else reaches it through ports.
  core(['src/core/*.ts'], '\\./'),
  core(['src/core/*/*.ts'], '\\.\\.?/(?!\\.\\./)'),
  core(['src/core/*/*/*.ts'], '\\.\\.?/(?!\\.\\./\\.\\./)'),
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    // Markup; what it says goes through l10n.t() like everything else.
    ignores: [
      'src/core/**',
      'src/ui/webviewMarkup.ts',
      'src/ui/webviewPage.ts',
      'src/ui/messages.ts',
      'src/ui/webviewHost.ts',
      // Data: the names of models, and lists of words.
      'src/models/catalogue.ts',
      // Read by models.
      'src/chat/notes.ts',
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `Literal[value=${sentence}]:not(${allowedCall} Literal):not(JSXAttribute[name.name='class'] > Literal)`,
          message: 'A sentence that a user may see goes through l10n.t().',
        },
        {
          selector: `TemplateElement[value.raw=${sentence}]:not(${allowedCall} TemplateElement)`,
          message: 'A sentence that a user may see goes through l10n.t(), with {0} for what varies.',
        },
        // One word is enough where it is surely shown.
        { selector: 'JSXText[value=/[A-Za-z]{2}/]', message: 'What a page shows, the host tells.' },
        {
          selector:
            'CallExpression:matches([callee.name=/^show(Information|Warning|Error)Message$/], [callee.property.name=/^show(Information|Warning|Error)Message$/]) > :matches(Literal, TemplateLiteral)',
          message: 'What a message says goes through l10n.t().',
        },
        {
          selector:
            'MemberExpression[object.name=window][property.name=/^show(Information|Warning|Error)Message$/]',
          message: 'VS Code makes links of names: show messages by ui/messages.ts.',
        },
        {
          selector: 'CallExpression[callee.property.name=onDidReceiveMessage]',
          message: 'What fails is shown: listen to pages by ui/webviewHost.ts.',
        },
        {
          selector:
            'Property[key.name=/^(title|prompt|placeHolder|placeholder|detail|description|tooltip|text)$/] > Literal[value=/^[A-Z]/]',
          message: 'What is shown goes through l10n.t().',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      // mocha's and assert's style: expressions as statements, non-null where the test would fail anyway.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
