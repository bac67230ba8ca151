// User settings of every VS Code that a test starts: quiet, and with menus and dialogs that a test can see.
export function defaultSettings(restricted: boolean): Record<string, unknown> {
  return {
    'chat.commandCenter.enabled': false,
    'editor.accessibilitySupport': 'off',
    'editor.cursorBlinking': 'solid',
    'editor.minimap.enabled': false,
    'extensions.autoCheckUpdates': false,
    'extensions.autoUpdate': false,
    'extensions.ignoreRecommendations': true,
    'git.enabled': false,
    'security.workspace.trust.enabled': restricted,
    // Restricted Mode without its question.
    'security.workspace.trust.startupPrompt': 'never',
    'telemetry.telemetryLevel': 'off',
    'update.mode': 'none',
    // On the desktop these are drawn by the system otherwise, out of the reach of a test.
    'window.dialogStyle': 'custom',
    'window.menuStyle': 'custom',
    'window.titleBarStyle': 'custom',
    'workbench.enableExperiments': false,
    'workbench.reduceMotion': 'on',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'workbench.welcomePage.walkthroughs.openOnInstall': false,
  };
}
