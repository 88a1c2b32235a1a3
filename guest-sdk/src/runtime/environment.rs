//! What surrounds the realm: clock, randomness, timers, limits, and the outbox
//! that becomes the next step.
//!
//! Natives reach it through [`Environment::of`]; it holds no policy of its own.

pub(crate) mod absences;
pub(crate) mod clock;
pub(crate) mod outbox;
pub(crate) mod pending;
pub(crate) mod timers;

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::Context;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use self::absences::Absences;
use self::clock::StepClock;
use self::outbox::Outbox;
use self::pending::Pending;
use self::timers::Timers;
use super::builtins::dates::zone::LocalZone;
use super::source::positions::PositionMap;
use crate::contract::{GuestLimits, Start};

/// The inputs and outputs of one execution, shared by all natives of its realm.
pub(crate) struct Environment {
    pub(crate) clock: Rc<StepClock>,
    /// The time zone of dates.
    pub(crate) zone: Rc<LocalZone>,
    pub(crate) outbox: Outbox,
    pub(crate) timers: Timers,
    pub(crate) pending: Pending,
    pub(crate) absences: Absences,
    positions: RefCell<Option<Rc<PositionMap>>>,
    random: RefCell<ChaCha20Rng>,
    limits: RefCell<GuestLimits>,
}

impl Environment {
    /// An environment at time zero, with a fixed seed and default limits.
    pub(crate) fn new(clock: Rc<StepClock>) -> Self {
        Self {
            clock,
            zone: Rc::new(LocalZone::new()),
            outbox: Outbox::default(),
            timers: Timers::default(),
            pending: Pending::default(),
            absences: Absences::default(),
            positions: RefCell::default(),
            random: RefCell::new(ChaCha20Rng::from_seed([0; 32])),
            limits: RefCell::default(),
        }
    }

    /// The environment of a realm built by `Runtime`.
    pub(crate) fn of(context: &Context) -> Rc<Self> {
        let environment: &Rc<Self> = context
            .get_data()
            .expect("every context is built with an environment");
        environment.clone()
    }

    /// Takes over the inputs of a script about to start.
    pub(crate) fn begin(&self, start: &Start<'_>) {
        self.clock.set(start.now);
        self.random.replace(ChaCha20Rng::from_seed(start.seed));
        self.limits.replace(start.limits.clone());
        self.outbox.begin(&start.limits);
        if !self.zone.set(start.time_zone) {
            let zone = start.time_zone;
            self.outbox
                .warn(format!("the time zone `{zone}` is not known: UTC is used"));
        }
        self.timers.begin(start.limits.timers);
    }

    /// Sets the way back to the source of the script.
    pub(crate) fn set_positions(&self, positions: Rc<PositionMap>) {
        self.positions.replace(Some(positions));
    }

    /// The way back to the source; `None` before there is a script.
    pub(crate) fn positions(&self) -> Option<Rc<PositionMap>> {
        self.positions.borrow().clone()
    }

    /// Fills `bytes` from the seeded generator.
    pub(crate) fn fill_random(&self, bytes: &mut [u8]) {
        self.random.borrow_mut().fill_bytes(bytes);
    }

    /// A number of `[0, 1)` with 53 random bits.
    pub(crate) fn random_unit(&self) -> f64 {
        let bits = self.random.borrow_mut().next_u64() >> 11;
        bits as f64 / (1_u64 << 53) as f64
    }

    /// The limits of this execution.
    pub(crate) fn limits(&self) -> GuestLimits {
        self.limits.borrow().clone()
    }
}
