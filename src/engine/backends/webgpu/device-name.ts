/** Browsers write vendors and architectures in small letters. */
const SPELLINGS: Readonly<Record<string, string>> = {
  amd: "AMD",
  apple: "Apple",
  arm: "Arm",
  intel: "Intel",
  nvidia: "NVIDIA",
  qualcomm: "Qualcomm",
};

/** What the reader is told; a software adapter is named as one, since its speed says nothing about the reader's graphics card. */
export function deviceName(info: GPUAdapterInfo): string {
  if (info.architecture === "swiftshader") return "SwiftShader（软件模拟）";
  // Browsers hide what could identify the reader: most leave `description` empty, some everything.
  const vendor = SPELLINGS[info.vendor] ?? info.vendor;
  const name = info.description || `${vendor} ${info.architecture}`.trim() || "GPU";
  return info.isFallbackAdapter ? `${name}（软件模拟）` : name;
}
