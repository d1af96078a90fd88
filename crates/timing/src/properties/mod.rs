//! What must hold for any hours, in any zone, at any moment: the properties that the specification of timing states and that
//! are about more than one rule. What belongs to one rule alone stands at the foot of its file.

mod clocks;
mod slots;
mod talks;
mod telling;
mod turns;
