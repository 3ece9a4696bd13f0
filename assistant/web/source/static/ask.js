// Asks /api/chat and shows the answer. Everything is set as text, never as HTML.
(() => {
  "use strict";
  const form = document.getElementById("ask");
  const field = document.getElementById("question");
  const talk = document.getElementById("talk");
  const restart = document.getElementById("restart");
  const words = JSON.parse(form.dataset.words);
  const button = form.querySelector("button");
  let conversation = null;

  const make = (tag, text, name) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (name) node.className = name;
    return node;
  };

  const post = (path, body) => fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

  const send = async (question) => {
    let reply = await post("/api/chat", { question, conversation_id: conversation });
    if (reply.status === 404 && conversation) {
      conversation = null; // the server has forgotten the conversation: begin another
      reply = await post("/api/chat", { question });
    }
    const body = await reply.json();
    if (!reply.ok) throw new Error(body.detail);
    return body;
  };

  const safe = (url) => (url.startsWith("/documents/") ? url : "#");

  // "[1]" becomes a link to its citation, the rest stays text.
  const withMarkers = (text, citations) => {
    const line = make("p", "", "reply");
    for (const part of text.split(/(\[\d+\])/)) {
      const found = citations.find((one) => `[${one.marker}]` === part);
      if (!found) { line.append(part); continue; }
      const link = make("a", part, "marker");
      link.href = safe(found.url);
      line.append(link);
    }
    return line;
  };

  const citation = (one) => {
    const item = make("li");
    item.value = one.marker;
    const link = make("a", [one.document_title, ...one.section_path.slice(1)].join(" › "));
    link.href = safe(one.url);
    const about = [one.issuer, one.published].filter(Boolean).join(", ");
    item.append(link, make("span", about ? ` (${about})` : "", "small"));
    item.append(make("blockquote", one.quote));
    return item;
  };

  const feedback = (id) => {
    const line = make("p", words.helpful + " ", "small");
    for (const rating of ["up", "down"]) {
      const choice = make("button", words[rating], "quiet");
      choice.type = "button";
      choice.addEventListener("click", async () => {
        const reply = await post("/api/feedback", { answer_id: id, rating });
        line.textContent = reply.ok ? words.thanks : words.failed;
      });
      line.append(choice, " ");
    }
    return line;
  };

  const contactLine = (contact) => {
    const mark = contact.marker ? ` [${contact.marker}]` : "";
    return [contact.department, contact.phone].filter(Boolean).join(" ") + mark;
  };

  const show = (body, box) => {
    for (const one of body.notices) {
      const line = withMarkers(one.text, body.citations);
      line.className = "jump warn";
      box.append(line);
    }
    box.append(withMarkers(body.answer, body.citations));
    if (body.contact) {
      box.append(withMarkers(`${words.contact}: ${contactLine(body.contact)}`, body.citations));
    }
    if (body.citations.length) {
      const list = make("ol", "", "citations");
      body.citations.forEach((one) => list.append(citation(one)));
      box.append(make("h3", words.citations), list);
    }
    if (body.follow_ups.length) {
      const line = make("p", `${words.follow_ups}: `, "follow");
      for (const next of body.follow_ups) {
        const choice = make("button", next, "quiet");
        choice.type = "button";
        choice.addEventListener("click", () => ask(next));
        line.append(choice, " ");
      }
      box.append(line);
    }
    box.append(make("p", `${words.as_of} ${body.as_of}`, "small"), feedback(body.answer_id));
  };

  const ask = async (question) => {
    const turn = make("section", "", "turn");
    turn.append(make("h2", question));
    const box = make("div");
    box.append(make("p", words.waiting, "small"));
    turn.append(box);
    talk.append(turn);
    button.disabled = true;
    try {
      const body = await send(question);
      conversation = body.conversation_id;
      box.replaceChildren();
      show(body, box);
      field.value = "";
    } catch (error) {
      box.replaceChildren(make("p", error.message || words.failed, "jump warn"));
    } finally {
      button.disabled = false;
      restart.hidden = false;
      turn.scrollIntoView({ block: "start" });
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) ask(field.value);
  });
  field.addEventListener("keydown", (event) => {
    // Enter while a syllable is still being composed belongs to the input method.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  restart.addEventListener("click", () => {
    conversation = null;
    talk.replaceChildren();
    restart.hidden = true;
    field.focus();
  });
})();
