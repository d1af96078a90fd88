// A chat server as one writes it with socket.io and PostgreSQL: a message is inserted, acknowledged to its author and
// sent to the others in the room. One process, as people run it; one prepared statement, so that it is a fair rival.
//
//     PORT=3000 DATABASE_URL=postgres://… node server.mjs
import { createServer } from "node:http";
import pg from "pg";
import { Server } from "socket.io";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
await pool.query(`create table message (
    id bigint generated always as identity primary key,
    room text not null,
    author text not null,
    at timestamptz not null default now(),
    body text not null)`);
await pool.query("create index message_by_room on message (room, id)");

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });

io.on("connection", (socket) => {
  const author = socket.handshake.auth.person;
  socket.on("join", async (room, done) => {
    await socket.join(room);
    done("ok");
  });
  socket.on("post", async ({ room, body }, done) => {
    try {
      const { rows } = await pool.query({
        name: "post",
        text: "insert into message (room, author, body) values ($1, $2, $3) returning id, at",
        values: [room, author, body],
      });
      const message = { id: rows[0].id, room, author, at: rows[0].at, body };
      done("ok", message);
      socket.to(room).emit("message", message);
    } catch (error) {
      done("failed", String(error));
    }
  });
});

http.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("ready"));
