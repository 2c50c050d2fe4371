// What the notice's page needs of ProseMirror, as one module. The editor itself is in static/js/notice and is not bundled.

export { baseKeymap, chainCommands, createParagraphNear, deleteSelection, exitCode, joinTextblockBackward, selectAll } from "prosemirror-commands";
export { closeHistory, history, redo, redoDepth, undo, undoDepth } from "prosemirror-history";
export { keydownHandler, keymap } from "prosemirror-keymap";
export { DOMParser, DOMSerializer, Fragment, Node, Schema, Slice } from "prosemirror-model";
export { AllSelection, EditorState, NodeSelection, Plugin, PluginKey, Selection, TextSelection } from "prosemirror-state";
export {
  addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, tableEditing, tableNodes,
} from "prosemirror-tables";
export { canJoin, canSplit, findWrapping, liftTarget, ReplaceStep, Transform } from "prosemirror-transform";
export { Decoration, DecorationSet, EditorView } from "prosemirror-view";
