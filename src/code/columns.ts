// Where documents open: beside the reply panel, never in its place.
import {
  type TabGroup,
  TabInputNotebook,
  TabInputText,
  TabInputWebview,
  type Uri,
  ViewColumn,
  window,
} from 'vscode';

/** The column in which `uri` is open, else one without a webview in front. The panel may have the focus. */
export function columnOf(uri?: Uri): ViewColumn {
  const { all, activeTabGroup } = window.tabGroups;
  const address = uri?.toString();
  const shows = ({ tabs }: TabGroup) =>
    tabs.some(
      ({ input }) =>
        (input instanceof TabInputText || input instanceof TabInputNotebook) &&
        input.uri.toString() === address,
    );
  const isFree = ({ activeTab }: TabGroup) => !(activeTab?.input instanceof TabInputWebview);
  const groups = [activeTabGroup, ...all];
  return (groups.find(shows) ?? groups.find(isFree))?.viewColumn ?? ViewColumn.Beside;
}
