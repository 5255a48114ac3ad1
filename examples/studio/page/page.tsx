import { render } from "preact";
import { keepFocus } from "./keep-focus.ts";
import { Studio } from "./studio.tsx";

render(<Studio />, document.body);
keepFocus(document.body);
