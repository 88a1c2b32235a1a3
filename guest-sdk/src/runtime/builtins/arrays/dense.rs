//! Plain arrays without holes, and reading their elements in bulk.

use boa_engine::{
    Context, JsObject, JsResult, JsSymbol, JsValue, js_string,
    object::{IndexPropertyValues, Object, builtins::JsArray, shape::Shape},
    property::PropertyKey,
};

/// What arrays and their prototypes look like before scripts run.
pub(in super::super) struct Untouched {
    /// Of an array with nothing but elements and a length.
    shape: Shape,
    prototype: JsObject,
    iterators: JsObject,
    constructor: JsValue,
    values: JsValue,
    next: JsValue,
}

impl Untouched {
    pub(super) fn new(context: &mut Context) -> JsResult<Self> {
        let sample: JsObject = JsArray::new(context)?.into();
        let shape = sample.borrow().shape().clone();
        let prototype = context.intrinsics().constructors().array().prototype();
        let iterators = context.intrinsics().objects().iterator_prototypes().array();
        Ok(Self {
            shape,
            constructor: prototype.get(js_string!("constructor"), context)?,
            values: prototype.get(JsSymbol::iterator(), context)?,
            next: iterators.get(js_string!("next"), context)?,
            prototype,
            iterators,
        })
    }

    /// The length of an array that is plain and has no holes.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the path of the method is not general over lifetimes"
    )]
    pub(super) fn length(&self, value: &JsValue) -> Option<usize> {
        self.read(value, |elements| elements.len())
    }

    /// The length of a plain array that has no elements.
    pub(super) fn empty_length(&self, value: &JsValue) -> Option<usize> {
        let array = value.as_object().filter(JsObject::is_array)?;
        let borrowed = array.borrow();
        if borrowed.shape().to_addr_usize() != self.shape.to_addr_usize() {
            return None;
        }
        if borrowed.properties().index_property_keys().len() != 0 {
            return None;
        }
        let length = borrowed.properties().get(&js_string!("length").into())?;
        Some(length.value()?.as_number()? as usize)
    }

    /// Whether methods of arrays make plain arrays.
    pub(super) fn makes_plain_arrays(&self) -> bool {
        has(
            &self.prototype,
            js_string!("constructor").into(),
            &self.constructor,
        )
    }

    /// Whether iterating an array gives its elements.
    pub(super) fn iterates_plainly(&self) -> bool {
        has(&self.prototype, JsSymbol::iterator().into(), &self.values)
            && has(&self.iterators, js_string!("next").into(), &self.next)
    }

    /// Whether leaving a loop over an array early calls a function.
    pub(super) fn closes_iterators(&self, context: &mut Context) -> JsResult<bool> {
        self.iterators.has_property(js_string!("return"), context)
    }

    /// Calls `read` with the elements of an array that is plain and has no
    /// holes; `None` for everything else.
    pub(in super::super) fn read<R>(
        &self,
        value: &JsValue,
        read: impl FnOnce(Elements<'_>) -> R,
    ) -> Option<R> {
        let array = value.as_object()?;
        if !array.is_array() {
            return None;
        }
        let borrowed = array.borrow();
        if borrowed.shape().to_addr_usize() != self.shape.to_addr_usize() {
            return None;
        }
        let elements = Elements::of(&borrowed)?;
        let length = borrowed.properties().get(&js_string!("length").into())?;
        let length = length.value()?.as_number()?;
        (length == elements.len() as f64).then(|| read(elements))
    }
}

fn has(object: &JsObject, key: PropertyKey, value: &JsValue) -> bool {
    let found = object.borrow().properties().get(&key);
    found.is_some_and(|found| found.value() == Some(value))
}

/// The elements of an array, as the engine keeps them.
#[derive(Clone, Copy)]
pub(in super::super) enum Elements<'a> {
    Integers(&'a [i32]),
    Numbers(&'a [f64]),
    Values(&'a [JsValue]),
}

impl<'a> Elements<'a> {
    fn of<T: ?Sized>(array: &'a Object<T>) -> Option<Self> {
        match array.properties().index_property_values() {
            IndexPropertyValues::DenseI32(values) => Some(Self::Integers(values.as_slice())),
            IndexPropertyValues::DenseF64(values) => Some(Self::Numbers(values.as_slice())),
            IndexPropertyValues::DenseElement(values) => Some(Self::Values(values.as_slice())),
            _ => None,
        }
    }

    pub(super) fn len(self) -> usize {
        match self {
            Self::Integers(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Values(values) => values.len(),
        }
    }

    /// Appends copies of the elements `start..end` to `out`; that range must lie
    /// within them.
    pub(super) fn copy(self, start: usize, end: usize, out: &mut Vec<JsValue>) {
        match self {
            Self::Integers(values) => {
                out.extend(values[start..end].iter().map(|&value| JsValue::from(value)));
            }
            Self::Numbers(values) => {
                out.extend(values[start..end].iter().map(|&value| JsValue::from(value)));
            }
            Self::Values(values) => out.extend_from_slice(&values[start..end]),
        }
    }

    /// Where the first element from `start` on is that `is` accepts, given
    /// the means to compare numbers without making values of them.
    pub(super) fn position(
        self,
        start: usize,
        wanted: &JsValue,
        is: impl Fn(&JsValue) -> bool,
    ) -> Option<usize> {
        let found = match self {
            Self::Integers(values) => {
                let wanted = wanted.as_number()?;
                values
                    .get(start..)?
                    .iter()
                    .position(|&value| f64::from(value) == wanted)
            }
            Self::Numbers(values) => {
                let values = values.get(start..)?.iter();
                values
                    .map(|&value| JsValue::from(value))
                    .position(|value| is(&value))
            }
            Self::Values(values) => values.get(start..)?.iter().position(is),
        };
        found.map(|found| start + found)
    }
}
