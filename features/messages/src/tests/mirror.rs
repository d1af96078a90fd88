//! Snapshot + events = fresh snapshot: what a client holds after applying events is what the server would tell anew.

use platform::testing::{Client, Listener};
use serde_json::{Value, json};

/// A client that holds a channel: its row, the newest messages of the stream, and one topic.
pub struct Mirror {
    start: Value,
    channel: String,
    listener: Listener,
}

/// Takes a snapshot and goes on listening.
pub async fn mirror(client: &Client, channel: &str) -> Mirror {
    let start = client
        .get(&format!("/api/start?channel={channel}&limit=100"))
        .await
        .expect(200);
    let (listener, before) = Listener::open(client, start["cursors"].clone()).await;
    assert!(
        before.is_empty(),
        "nothing happened since the snapshot: {before:?}"
    );
    Mirror {
        start,
        channel: channel.to_owned(),
        listener,
    }
}

impl Mirror {
    /// Applies what came until the channel's log stands where a fresh snapshot says, and compares the two.
    pub async fn agrees(mut self, client: &Client) {
        let fresh = client
            .get(&format!("/api/start?channel={}&limit=100", self.channel))
            .await
            .expect(200);
        while self.start["cursors"] != fresh["cursors"] {
            let event = self.listener.next().await.expect("the socket stays open");
            if event["type"] == "event" {
                self.apply(&event);
            }
        }
        let row = |start: &Value| {
            let rows = start["channels"].as_array().cloned().unwrap_or_default();
            rows.into_iter()
                .find(|row| row["id"] == self.channel.as_str())
                .unwrap_or(Value::Null)
        };
        let (mine, theirs) = (row(&self.start), row(&fresh));
        for field in ["read_seq", "n_unread", "n_mentions", "topics"] {
            assert_eq!(mine[field], theirs[field], "{field} of the channel's row");
        }
        assert_eq!(self.start["page"]["messages"], fresh["page"]["messages"]);
        assert_eq!(self.start["drafts"], fresh["drafts"]);
    }

    fn apply(&mut self, event: &Value) {
        let scope = event["scope"].as_str().unwrap_or_default().to_owned();
        self.start["cursors"][&scope] = event["seq"].clone();
        let body = &event["body"];
        let here = scope == self.channel || body["channel_id"] == self.channel.as_str();
        match event["kind"].as_str().unwrap_or_default() {
            "message.posted" if here => self.posted(body),
            "message.edited" if here => self.edited(body),
            "message.deleted" if here => self.deleted(body),
            "messages.gone" if here => self.gone(body),
            "file.changed" if here => self.file_changed(body),
            "reaction.changed" if here => self.reacted(body),
            "topic.created" | "topic.changed" if here => self.topic(&body["topic"]),
            "messages.moved" if here => self.moved(body),
            "pin.changed" if here => self.mark(body, "pinned", body["pinned"].clone()),
            "saved.changed" if here => self.mark(body, "saved", json!(true)),
            "read.moved" if here => self.read(body),
            "draft.changed" => self.drafted(&body["draft"]),
            _ => {}
        }
    }

    fn me(&self) -> Value {
        self.start["me"]["id"].clone()
    }

    fn messages(&mut self) -> &mut Vec<Value> {
        self.start["page"]["messages"]
            .as_array_mut()
            .expect("the page has messages")
    }

    fn row(&mut self) -> &mut Value {
        let channel = self.channel.clone();
        let rows = self.start["channels"]
            .as_array_mut()
            .expect("the start has channels");
        rows.iter_mut()
            .find(|row| row["id"] == channel.as_str())
            .expect("the channel is there")
    }

    fn is_mentioned(&self, body: &Value) -> bool {
        let me = self.me();
        let direct = self.start["channels"].as_array().into_iter().flatten();
        let direct = direct
            .filter(|row| row["id"] == self.channel.as_str())
            .any(|row| row["kind"] == "direct");
        let text = body["message"]["text"].as_str().unwrap_or_default();
        direct
            || body["everyone"] == true
            || text.contains(&format!("<@{}>", me.as_str().unwrap_or_default()))
    }

    fn posted(&mut self, body: &Value) {
        let (message, me) = (&body["message"], self.me());
        let (not_mine, mentioned) = (message["author_id"] != me, self.is_mentioned(body));
        if message["topic_id"].is_null() {
            self.messages().push(message.clone());
            let row = self.row();
            if not_mine {
                row["n_unread"] = json!(row["n_unread"].as_i64().unwrap_or(0) + 1);
                row["n_mentions"] = json!(row["n_mentions"].as_i64().unwrap_or(0) + i64::from(mentioned));
            }
        } else {
            self.topic(&body["topic"]);
        }
    }

    fn topic(&mut self, topic: &Value) {
        let origin = topic["origin_id"].clone();
        for message in self
            .messages()
            .iter_mut()
            .filter(|message| message["id"] == origin)
        {
            message["topic"] = topic.clone();
        }
    }

    fn edited(&mut self, body: &Value) {
        let new = &body["message"];
        for message in self.messages() {
            if message["id"] == new["id"] {
                for field in ["text", "tree", "edited_at", "files"] {
                    message[field] = new[field].clone();
                }
            }
            if message["quote"]["message_id"] == new["id"] {
                // Short plain texts only: the client asks markup for an excerpt of longer ones.
                message["quote"]["text"] = new["text"].clone();
            }
        }
    }

    fn deleted(&mut self, body: &Value) {
        let gone = &body["message_id"];
        let me = self.me();
        let mut was_unread = false;
        let read = self.row()["read_seq"].as_i64().unwrap_or(0);
        for message in self.messages() {
            if message["id"] == *gone {
                was_unread = message["author_id"] != me && message["seq"].as_i64().unwrap_or(0) > read;
                for (field, value) in [
                    ("text", json!("")),
                    ("tree", Value::Null),
                    ("deleted", json!(true)),
                    ("files", json!([])),
                    ("quote", Value::Null),
                    ("reactions", json!([])),
                ] {
                    message[field] = value;
                }
                if body["removed"].is_object() {
                    message["removed"] = body["removed"].clone();
                }
            }
            if message["quote"]["message_id"] == *gone {
                message["quote"]["text"] = json!("");
                message["quote"]["deleted"] = json!(true);
            }
        }
        if was_unread {
            let row = self.row();
            row["n_unread"] = json!(row["n_unread"].as_i64().unwrap_or(0) - 1);
        }
        if body["topic"].is_object() {
            self.topic(&body["topic"]);
        }
    }

    fn file_changed(&mut self, body: &Value) {
        let new = &body["file"];
        for message in self
            .messages()
            .iter_mut()
            .filter(|message| message["id"] == body["message_id"])
        {
            for file in message["files"].as_array_mut().into_iter().flatten() {
                if file["id"] == new["id"] {
                    *file = new.clone();
                }
            }
        }
    }

    fn reacted(&mut self, body: &Value) {
        let me = self.me();
        for message in self
            .messages()
            .iter_mut()
            .filter(|message| message["id"] == body["message_id"])
        {
            let reactions = message["reactions"].as_array_mut().expect("reactions are a list");
            let before = reactions
                .iter()
                .position(|reaction| reaction["emoji"] == body["emoji"]);
            let mine = match (body["person_id"] == me, before) {
                (true, _) => body["added"].clone(),
                (false, Some(idx)) => reactions[idx]["mine"].clone(),
                (false, None) => json!(false),
            };
            let now =
                json!({ "emoji": body["emoji"], "n": body["n"], "people": body["people"], "mine": mine });
            match before {
                Some(idx) if body["n"] == 0 => {
                    reactions.remove(idx);
                }
                Some(idx) => reactions[idx] = now,
                None => reactions.push(now),
            }
        }
    }

    /// Messages that left the stream are gone from it. What came would be asked for, as the counts are.
    fn moved(&mut self, body: &Value) {
        assert!(
            body["from_topic_id"].is_null(),
            "this mirror sees the stream only"
        );
        let me = self.me();
        let read = self.row()["read_seq"].as_i64().unwrap_or(0);
        let ids = body["message_ids"].as_array().cloned().unwrap_or_default();
        let messages = std::mem::take(self.messages());
        let (gone, stay): (Vec<_>, Vec<_>) = messages
            .into_iter()
            .partition(|message| ids.contains(&message["id"]));
        *self.messages() = stay;
        let n_unread = gone
            .iter()
            .filter(|message| message["author_id"] != me && message["seq"].as_i64().unwrap_or(0) > read)
            .count();
        let row = self.row();
        row["n_unread"] = json!(row["n_unread"].as_u64().unwrap_or(0) - n_unread as u64);
        for topic in body["topics"].as_array().into_iter().flatten() {
            self.topic(topic);
        }
    }

    /// What went by the rule for how long messages stay is in no page any more.
    fn gone(&mut self, body: &Value) {
        let ids = body["message_ids"].as_array().cloned().unwrap_or_default();
        self.messages().retain(|message| !ids.contains(&message["id"]));
    }

    fn mark(&mut self, body: &Value, field: &str, value: Value) {
        for message in self
            .messages()
            .iter_mut()
            .filter(|message| message["id"] == body["message_id"])
        {
            message[field] = value.clone();
        }
    }

    fn read(&mut self, body: &Value) {
        if body["topic_id"].is_null() {
            let row = self.row();
            for field in ["read_seq", "n_unread", "n_mentions"] {
                row[field] = body[field].clone();
            }
        }
    }

    fn drafted(&mut self, draft: &Value) {
        let drafts = self.start["drafts"].as_array_mut().expect("drafts are a list");
        drafts.retain(|old| old["channel_id"] != draft["channel_id"] || old["topic_id"] != draft["topic_id"]);
        if draft["text"] != "" {
            drafts.insert(0, draft.clone());
        }
    }
}
