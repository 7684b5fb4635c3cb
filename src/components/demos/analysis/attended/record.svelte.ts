/** What the demo of this page has read last on the reader's machine; the exercise beside it is judged by it. */
class AttendedRecord {
  attended: { readonly tokens: readonly string[]; readonly tau: number | null } | undefined = $state.raw();
}

export const record = new AttendedRecord();
