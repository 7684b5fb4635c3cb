import { fileURLToPath } from "node:url";
import { ROOM } from "../src/components/demos/chatgpt/talk/conversation.ts";
import { converse } from "../src/components/demos/chatgpt/talk/converse.ts";
import { openNodeEngine } from "../src/engine/node-engine.ts";

/**
 * `npm run ask` asks gpt-zh-chat twenty questions and prints the greedy answers as they come; `npm run ask -- "三加五等于几？｜再加二呢？"` asks others,
 * each argument a conversation, ｜ between its questions.
 */
const OWN = [
  "早上好！｜你叫什么？｜你会做什么？",
  "一年有几个月？｜那一个星期有几天？",
  "三加五等于几？｜再减二呢？",
  "小明有三个苹果，又买了两个，一共几个？｜吃掉一个呢？",
  "妈妈的妈妈叫什么？｜那妈妈的哥哥呢？",
  "什么动物会飞？｜它有几条腿？",
  "我叫天天，我最爱吃西瓜。｜小鸟为什么会飞？｜我最爱吃什么？",
  "下雨天出门要带什么？",
  "我今天有点不开心，怎么办？",
  "谁发明了电话？｜那你知道什么？",
];

const asked = process.argv.slice(2);
const engine = await openNodeEngine(fileURLToPath(new URL("../public/models", import.meta.url)));
const model = await engine.load("gpt-zh-chat");
const context = { engine, model, signal: new AbortController().signal };
for (const conversation of asked.length > 0 ? asked : OWN) {
  const said = conversation.replaceAll("｜", "\n");
  const { turns } = await converse(context, { said, room: ROOM.max, temperature: 0, seed: 1 });
  for (const { said: question, answer } of turns) {
    console.log(`${question} → ${answer.text}${answer.ending === "end" ? "" : ` [${answer.ending}]`}`);
  }
  console.log();
}
process.exit(0);
