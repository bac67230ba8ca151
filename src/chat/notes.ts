// What is said to the model where a chat holds something that Bedrock does not take. In English: no user reads it.
import { type TextBlock, textBlock } from '../core/model/content';

export const pictureLeftOut = textBlock('[A picture was here. It is left out.]');

export function fileLeftOut(mimeType: string): TextBlock {
  return textBlock(`[A file of the type ${mimeType} was here. It is left out.]`);
}

export const toolNotRun = textBlock('[The tool was not run.]');
export const emptyResult = textBlock('[The tool returned nothing.]');
/** Where the user has said nothing, and must have. */
export const goOn = textBlock('Continue.');

export function toolUsed(name: string, input: unknown): TextBlock {
  return textBlock(`[Used the tool ${name}: ${JSON.stringify(input ?? {})}]`);
}

export function toolReturned(text: string): TextBlock {
  return textBlock(`[Result of a tool: ${text}]`);
}
