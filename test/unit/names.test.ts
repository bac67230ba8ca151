// One exported name, one thing: a reader who meets it need not ask which of two it is.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { project } from '../vscode/project';

const source = path.join(project, 'src');

function exportedBy(file: string): readonly string[] {
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => namesIn(name));
    const { name } = statement as { readonly name?: ts.Identifier };
    return name ? [name.text] : [];
  });
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}

describe('an exported name', () => {
  it('stands for one thing', () => {
    const files = new Map<string, Set<string>>();
    for (const entry of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(entry)) continue;
      for (const name of exportedBy(path.join(source, entry)))
        files.set(name, (files.get(name) ?? new Set()).add(entry));
    }
    assert.ok(files.size > 300);
    const twice = [...files].filter(([, { size }]) => size > 1);
    assert.deepEqual(
      twice.map(([name, where]) => `${name}: ${[...where].join(', ')}`),
      [],
    );
  });
});
