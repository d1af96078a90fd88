//! The product as a whole, out of process.

mod audit;
mod backup;
mod bucket;
mod cluster;
mod disk;
mod erase;
mod fortnight;
mod gone;
mod health;
mod import;
mod kill;
mod log;
mod net;
mod numbers;
mod outage;
mod pdf;
mod shutdown;
mod slow;
mod start;
mod support;
mod thanks;
mod urgent;
mod workspace;
