// The floors of the house, which `npm run lint` holds: a room imports from those below it, never from one above, and
// no file is in a circle, types included.

/** From the top down. Rooms in one row do not know each other. */
const floors = [
  ['src/extension'],
  ['src/shell'],
  ['src/api', 'src/statusBar'],
  ['src/activity', 'src/chat', 'src/check', 'src/historyView'],
  ['src/reply'],
  ['src/code'],
  ['src/prompt'],
  ['src/inspector'],
  ['src/advice', 'src/setup'],
  ['src/aws', 'src/conversation', 'src/models', 'src/prices'],
  ['src/history', 'src/engine'],
  ['src/ui'],
  ['src/settings'],
  ['src/platform'],
  ['src/webview/reply', 'src/webview/activity', 'src/webview/check'],
  ['src/webview/inspector', 'src/webview/markdown'],
  ['src/webview/kit'],
  ['src/protocol'],
  ['src/markdown'],
  ['src/core/check'],
  ['src/core/[^/]+\\.ts'],
  ['src/core/activity', 'src/core/wire'],
  ['src/core/failures'],
  ['src/core/bedrock/[^/]+\\.ts'],
  ['src/core/bedrock/bodies'],
  ['src/core/content'],
  ['src/core/gateway'],
  ['src/core/model'],
  ['src/util'],
];

const pathOf = (room) => (room.includes('\\.ts') ? `^${room}$` : `^${room}[/.]`);

/** A room may import from itself and from the floors below. */
const arrowsDown = floors.flatMap((rooms, floor) =>
  rooms.map((room) => ({
    name: `no-arrow-up-from-${room.replace('src/', '').replace(/\W+/g, '-')}`,
    severity: 'error',
    comment: 'A room imports from the floors below it: move what both need down, or pass it in.',
    from: { path: pathOf(room) },
    to: {
      path: '^src/',
      pathNot: [room, ...floors.slice(floor + 1).flat()].map(pathOf),
    },
  })),
);

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Files that need each other cannot be read, tested or moved alone.',
      from: {},
      to: { circular: true },
    },
    // A file without any import has no arrow that a rule could look at, but it is an orphan.
    ...[{}, { orphan: true }].map((kind) => ({
      name: 'on-a-floor',
      severity: 'error',
      comment: 'A new room has its place in the list of floors.',
      from: { ...kind, path: '^src/', pathNot: floors.flat().map(pathOf) },
      to: {},
    })),
    ...arrowsDown,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^src/',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
