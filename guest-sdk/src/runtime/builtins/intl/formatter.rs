//! Formatters whose `format` and `formatToParts` are plain methods.

use boa_engine::object::NativeObject;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};

use super::options::{Options, check_locales};
use super::{Part, WithoutNew, array_of, joined, resolved, text, wrong_receiver};

/// A formatter: its options, and what it makes of arguments.
pub(super) trait Formatter: NativeObject + Copy {
    /// The class.
    const NAME: &'static str;
    /// How many arguments it formats.
    const LENGTH: usize;

    /// Takes the options of the constructor.
    fn read(options: &Options, context: &mut Context) -> JsResult<Self>;

    /// The pieces that the arguments become.
    fn parts(self, args: &[JsValue], context: &mut Context) -> JsResult<Vec<Part>>;

    /// The options it ended up with, beside the locale.
    fn options(self) -> Vec<(&'static str, &'static str)>;
}

/// Defines the class of a formatter.
pub(super) fn install<F: Formatter>(intl: &JsObject, context: &mut Context) -> JsResult<()> {
    super::class(
        intl,
        F::NAME,
        WithoutNew::Throws,
        construct::<F>,
        &[
            ("format", F::LENGTH, |this, args, context| {
                Ok(joined(&this_format::<F>(this)?.parts(args, context)?))
            }),
            ("formatToParts", F::LENGTH, |this, args, context| {
                let parts = this_format::<F>(this)?.parts(args, context)?;
                array_of(parts, context)
            }),
            ("resolvedOptions", 0, |this, _, context| {
                let options = this_format::<F>(this)?.options();
                let locale = std::iter::once(("locale", "en-US"));
                let options = locale.chain(options);
                let options = options.map(|(name, value)| (name, text(value)));
                resolved(options.collect(), context)
            }),
        ],
        context,
    )?;
    Ok(())
}

fn construct<F: Formatter>(
    prototype: JsObject,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsObject> {
    check_locales(args.get_or_undefined(0), context)?;
    let options = Options::new(args.get_or_undefined(1), context)?;
    let format = F::read(&options, context)?;
    Ok(JsObject::from_proto_and_data(prototype, format))
}

fn this_format<F: Formatter>(this: &JsValue) -> JsResult<F> {
    let object = this.as_object().ok_or_else(wrong_receiver)?;
    let format = object.downcast_ref::<F>().map(|format| *format);
    format.ok_or_else(wrong_receiver)
}
