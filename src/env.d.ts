/// <reference types="@astrojs/starlight" />

interface ImportMetaEnv {
  /** Address of the source on a forge, up to the path, e.g. `https://github.com/<owner>/<name>/blob/main`; links from code listings. */
  readonly PUBLIC_SOURCE_URL?: string;
}
