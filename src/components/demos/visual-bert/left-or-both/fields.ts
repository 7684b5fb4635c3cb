import { choice } from "../../../kit/state/fields.ts";
import { named } from "../../../kit/state/options.ts";

export const fields = {
  set: choice({
    initial: "contrast",
    label: "哪些句子",
    options: named({ contrast: "三十对", plain: "六十句平常话" }),
  }),
  top: choice({ initial: "1", label: "怎样算对", options: named({ "1": "第一个就对", "5": "前五个里有" }) }),
};
