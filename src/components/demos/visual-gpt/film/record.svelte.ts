import type { Film } from "./film.ts";

/** What the film of this page has shot last, to its end and on the reader's machine; the exercise beside it is judged by it. */
class FilmRecord {
  film: Film | undefined = $state.raw();
}

export const record = new FilmRecord();
