// The chunk that provides models to VS Code Chat, loaded when VS Code first asks for them.
export { ChatProvider } from './provider';
