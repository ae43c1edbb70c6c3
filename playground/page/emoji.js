// The emoji names people and bots use most; an unknown name stays as it was typed.

const NAMES = "grinning😀 smile😄 smiley😃 grin😁 laughing😆 sweat_smile😅 joy😂 rofl🤣 slightly_smiling_face🙂 upside_down_face🙃 wink😉 blush😊 heart_eyes😍 kissing_heart😘 yum😋 stuck_out_tongue😛 thinking_face🤔 zipper_mouth_face🤐 neutral_face😐 expressionless😑 smirk😏 unamused😒 face_with_rolling_eyes🙄 grimacing😬 relieved😌 pensive😔 sleeping😴 sunglasses😎 nerd_face🤓 confused😕 worried😟 open_mouth😮 astonished😲 flushed😳 cry😢 sob😭 scream😱 angry😠 rage😡 robot_face🤖 wave👋 raised_hand✋ ok_hand👌 thumbsup👍 thumbsdown👎 fist✊ clap👏 raised_hands🙌 pray🙏 handshake🤝 muscle💪 point_up☝️ point_right👉 point_left👈 point_down👇 eyes👀 ear👂 speech_balloon💬 left_speech_bubble🗨️ thought_balloon💭 heart❤️ broken_heart💔 star⭐ sparkles✨ zap⚡ fire🔥 boom💥 tada🎉 confetti_ball🎊 trophy🏆 medal🏅 gift🎁 bell🔔 no_bell🔕 mega📣 loudspeaker📢 mute🔇 speaker🔈 sound🔉 headphones🎧 microphone🎤 studio_microphone🎙️ telephone_receiver📞 phone☎️ iphone📱 computer💻 keyboard⌨️ printer🖨️ floppy_disk💾 camera📷 movie_camera🎥 bulb💡 battery🔋 electric_plug🔌 mag🔍 mag_right🔎 lock🔒 unlock🔓 key🔑 link🔗 paperclip📎 pushpin📌 round_pushpin📍 scissors✂️ pencil📝 memo📝 book📖 books📚 bookmark🔖 newspaper📰 page_facing_up📄 page_with_curl📃 bookmark_tabs📑 clipboard📋 calendar📅 date📅 spiral_calendar_pad🗓️ card_index📇 file_folder📁 open_file_folder📂 file_cabinet🗄️ chart_with_upwards_trend📈 chart_with_downwards_trend📉 bar_chart📊 moneybag💰 dollar💵 credit_card💳 receipt🧾 briefcase💼 package📦 mailbox📫 email📧 envelope✉️ incoming_envelope📨 inbox_tray📥 outbox_tray📤 scroll📜 label🏷️ hourglass⌛ hourglass_flowing_sand⏳ watch⌚ alarm_clock⏰ stopwatch⏱️ white_check_mark✅ heavy_check_mark✔️ ballot_box_with_check☑️ x❌ negative_squared_cross_mark❎ heavy_plus_sign➕ heavy_minus_sign➖ question❓ grey_question❔ exclamation❗ grey_exclamation❕ bangbang‼️ warning⚠️ no_entry⛔ no_entry_sign🚫 octagonal_sign🛑 construction🚧 recycle♻️ repeat🔁 arrows_counterclockwise🔄 rewind⏪ fast_forward⏩ arrow_forward▶️ arrow_backward◀️ arrow_right➡️ arrow_left⬅️ arrow_up⬆️ arrow_down⬇️ arrow_upper_right↗️ leftwards_arrow_with_hook↩️ arrow_right_hook↪️ red_circle🔴 large_blue_circle🔵 large_green_circle🟢 large_yellow_circle🟡 large_orange_circle🟠 white_circle⚪ black_circle⚫ sunny☀️ cloud☁️ umbrella☔ snowflake❄️ rainbow🌈 earth_americas🌎 earth_africa🌍 earth_asia🌏 car🚗 red_car🚗 blue_car🚙 truck🚚 bus🚌 fuelpump⛽ airplane✈️ rocket🚀 ship🚢 house🏠 office🏢 factory🏭 bank🏦 hospital🏥 seedling🌱 evergreen_tree🌲 coffee☕ tea🍵 beers🍻 pizza🍕 cake🍰 apple🍎 dog🐶 cat🐱 owl🦉 bug🐛 bee🐝 whale🐳 ghost👻 alien👽 skull💀 wrench🔧 hammer🔨 gear⚙️ toolbox🧰 test_tube🧪 brain🧠 dart🎯 game_die🎲 art🎨 musical_note🎵 notes🎶 busts_in_silhouette👥 bust_in_silhouette👤 female-office-worker👩‍💼 male-office-worker👨‍💼 flag-us🇺🇸 flag-gb🇬🇧 flag-de🇩🇪 flag-jp🇯🇵";
const MAP = new Map(NAMES.split(" ").map((pair) => { const [name] = /^[a-z_-]+/.exec(pair); return [name, pair.slice(name.length)]; }));
MAP.set("100", "💯").set("+1", "👍").set("-1", "👎").set("clock9", "🕘").set("star2", "🌟").set("pencil2", "✏️").set("information_source", "ℹ️");
for (const [digit, name] of ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"].entries()) MAP.set(name, `${digit}️⃣`);

/** Return the emoji called `name`, or null. */
export function emoji(name) {
  return MAP.get(name.replace(/::skin-tone-\d$/, "")) || null;
}

/** Return up to `most` [name, emoji] whose name holds `part`, those that begin with it first. */
export function emojiLike(part, most = 8) {
  const all = [...MAP].filter(([name]) => name.includes(part));
  return all.sort(([a], [b]) => b.startsWith(part) - a.startsWith(part)).slice(0, most);
}

export const QUICK = ["white_check_mark", "eyes", "raised_hands"];
