// Names that Bedrock accepts. VS Code's are longer, or have other characters: those of MCP servers' tools, and the IDs of
// other models' tool calls.

const illegal = /[^a-zA-Z0-9_-]/g;
const maxLength = 64;

/** Gives each name a legal one, always the same, and no two the same; a legal name stays as it is. */
export class LegalNames {
  private readonly legal = new Map<string, string>();
  private readonly original = new Map<string, string>();

  /** Names in `first` stay as they are, if they are legal. */
  constructor(first: readonly string[] = []) {
    for (const name of first) if (name === cut(name)) this.add(name, name);
  }

  legalOf(name: string): string {
    const known = this.legal.get(name);
    if (known !== undefined) return known;
    const wanted = cut(name);
    let legal = wanted;
    for (let number = 2; this.original.has(legal); number++) {
      const suffix = `_${number}`;
      legal = wanted.slice(0, maxLength - suffix.length) + suffix;
    }
    this.add(name, legal);
    return legal;
  }

  /** The name for which `legal` stands; `legal` itself if it stands for none. */
  originalOf(legal: string): string {
    return this.original.get(legal) ?? legal;
  }

  private add(name: string, legal: string): void {
    this.legal.set(name, legal);
    this.original.set(legal, name);
  }
}

function cut(name: string): string {
  return name.replace(illegal, '_').slice(0, maxLength) || '_';
}
