// The same promises, kept in the browser.
import "./load.test.ts";
