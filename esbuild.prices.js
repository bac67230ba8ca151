// @pydantic/genai-prices carries the prices of 42 vendors, 480 KB minified. Bedrock's alone are wanted, and of
// those what finding and reckoning a price takes: 20 KB. Whatever else the package's data may come to hold fails
// the build, so that no price is lost in silence.
const { readFileSync } = require('node:fs');
const { findProvider } = require('@pydantic/genai-prices');
const ts = require('typescript');

const needed = ['id', 'match', 'prices'];
const left = ['name', 'description', 'context_window', 'price_comments', 'deprecated'];
/** Of a vendor; `fallback_model_providers`, which names other vendors' data, is not among them. */
const known = [
  'id',
  'name',
  'models',
  'api_pattern',
  'pricing_urls',
  'provider_match',
  'extractors',
  'description',
];

const bedrocksPricesOnly = {
  name: 'bedrocks-prices-only',
  setup(build) {
    build.onLoad({ filter: /@pydantic[\\/]genai-prices[\\/]dist[\\/]index\.js$/ }, ({ path }) => ({
      contents: withoutOthers(readFileSync(path, 'utf8')),
    }));
  },
};

/** The package's module with Bedrock's prices in the place of everybody's: its first declaration is the data. */
function withoutOthers(source) {
  const [first] = ts.createSourceFile('index.js', source, ts.ScriptTarget.Latest).statements;
  const data = first?.declarationList?.declarations[0]?.initializer;
  const vendors = data?.elements?.map((vendor) => vendor.properties?.find(({ name }) => name?.text === 'id'));
  const ids = vendors?.map((id) => id?.initializer?.text) ?? [];
  if (!ids.includes('aws')) throw new Error('genai-prices no longer begins with a list of vendors');
  return source.slice(0, data.pos) + JSON.stringify([bedrock()]) + source.slice(data.end);
}

function bedrock() {
  const aws = findProvider({ providerId: 'aws' });
  if (!(aws?.models.length > 50)) throw new Error('genai-prices no longer knows Bedrock’s models');
  allow(aws, known);
  const models = aws.models.map((model) => {
    allow(model, [...needed, ...left]);
    return Object.fromEntries(needed.map((key) => [key, model[key]]));
  });
  const { id, name, api_pattern } = aws;
  return { id, name, api_pattern, models };
}

function allow(object, keys) {
  const other = Object.keys(object).filter((key) => !keys.includes(key));
  if (other.length > 0) throw new Error(`genai-prices says more of ${object.id} than is known: ${other}`);
}

module.exports = { bedrocksPricesOnly };
