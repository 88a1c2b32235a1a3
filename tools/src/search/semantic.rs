//! Latent semantic analysis: tools and words as points in a space of few
//! dimensions, where those that keep company in the catalog are near.
//!
//! The space is spanned by the leading singular vectors of the tools' words, found
//! by subspace iteration from a fixed start, so that the same catalog gives the
//! same space. It does not know what the words are. Start at [`Space::new`].

use nalgebra::DMatrix;

/// Extra directions that are iterated and then dropped, for accuracy.
const SPARE: usize = 8;
/// Dimensions of the space; fewer where there are few tools.
const RANK: usize = 64;
/// How often the directions are sharpened.
const ROUNDS: usize = 2;
/// What the strength of a direction is taken for that hardly has one.
const WEAKEST: f32 = 1e-9;
/// Numbers added at once.
const LANES: usize = 8;
/// What stands for one in whole numbers: with it no sum over a point overflows.
const ONE: f32 = 16_384.0;

/// Rows of sparse numbers: one tool each, as (word, weight).
#[derive(Debug, Default)]
pub(super) struct Rows {
    starts: Vec<usize>,
    cells: Vec<(u32, f32)>,
}

impl Rows {
    /// Adds a tool; all tools count alike, however long they are.
    pub(super) fn push(&mut self, row: Vec<(u32, f32)>) {
        self.starts.push(self.cells.len());
        let length = row.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        if length > 0.0 {
            self.cells.extend(
                row.into_iter()
                    .map(|(word, weight)| (word, weight / length)),
            );
        }
    }

    fn len(&self) -> usize {
        self.starts.len()
    }

    fn row(&self, i: usize) -> &[(u32, f32)] {
        let end = self.starts.get(i + 1).copied();
        &self.cells[self.starts[i]..end.unwrap_or(self.cells.len())]
    }

    /// Points of words from points of tools, one column each.
    fn gather(&self, tools: &DMatrix<f32>, words: usize) -> DMatrix<f32> {
        let mut out = DMatrix::zeros(tools.nrows(), words);
        for tool in 0..self.len() {
            let from = column(tools, tool);
            for &(word, weight) in self.row(tool) {
                add(column_mut(&mut out, word as usize), from, weight);
            }
        }
        out
    }

    /// Points of tools from points of words.
    fn spread(&self, words: &DMatrix<f32>) -> DMatrix<f32> {
        let mut out = DMatrix::zeros(words.nrows(), self.len());
        for tool in 0..self.len() {
            for &(word, weight) in self.row(tool) {
                add(
                    column_mut(&mut out, tool),
                    column(words, word as usize),
                    weight,
                );
            }
        }
        out
    }
}

/// The space of one catalog.
#[derive(Debug)]
pub(super) struct Space {
    /// One column each.
    words: DMatrix<f32>,
    tools: Vec<Point>,
}

/// A point of length one, as near as whole numbers can tell; dimensions that a space
/// does not have are zero.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point([i16; RANK]);

impl Space {
    /// Finds the space; `None` where there are too few tools.
    pub(super) fn new(rows: &Rows, words: usize) -> Option<Self> {
        let rank = RANK.min(rows.len() / 2) / LANES * LANES;
        if rank == 0 {
            return None;
        }
        let mut tools = start(rank + SPARE, rows.len());
        for _ in 0..ROUNDS {
            tools = rows.spread(&rows.gather(&tools, words));
            tools = tools.transpose().qr().q().transpose();
        }
        let gathered = rows.gather(&tools, words);
        let eigen = (&gathered * gathered.transpose()).symmetric_eigen();
        let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
        order.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]));
        let turn = DMatrix::from_fn(rank, tools.nrows(), |i, j| {
            let strength = eigen.eigenvalues[order[i]].max(WEAKEST).sqrt();
            eigen.eigenvectors[(j, order[i])] / strength
        });
        let words = turn * gathered;
        let mut tools = rows.spread(&words);
        let points = (0..tools.ncols()).map(|tool| {
            let tool = column_mut(&mut tools, tool);
            normalise(tool);
            Point::new(tool)
        });
        Some(Self {
            tools: points.collect(),
            words,
        })
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.words.as_slice()) + size_of_val(&*self.tools)
    }

    /// Where a query lies whose words have these weights; `None` for nowhere.
    pub(super) fn point(&self, query: impl Iterator<Item = (u32, f32)>) -> Option<Point> {
        let mut point = vec![0.0; self.words.nrows()];
        for (word, weight) in query {
            add(&mut point, column(&self.words, word as usize), weight);
        }
        normalise(&mut point).then(|| Point::new(&point))
    }

    /// How near each tool is to a point, from -1 to 1.
    pub(super) fn nearness(&self, point: &Point) -> impl Iterator<Item = f32> {
        self.tools.iter().map(|tool| tool.near(point))
    }
}

impl Point {
    fn new(numbers: &[f32]) -> Self {
        let mut point = [0; RANK];
        for (whole, number) in point.iter_mut().zip(numbers) {
            *whole = (number * ONE).round() as i16;
        }
        Self(point)
    }

    fn near(&self, other: &Self) -> f32 {
        // Pairs of products, which processors add up in one instruction.
        let mut sums = [0; LANES / 2];
        let (ours, theirs) = (
            self.0.as_chunks::<LANES>().0,
            other.0.as_chunks::<LANES>().0,
        );
        for (a, b) in ours.iter().zip(theirs) {
            let product = |i: usize| i32::from(a[i]) * i32::from(b[i]);
            for (pair, sum) in sums.iter_mut().enumerate() {
                *sum += product(2 * pair) + product(2 * pair + 1);
            }
        }
        sums.iter().sum::<i32>() as f32 / (ONE * ONE)
    }
}

/// Numbers without pattern, always the same ones.
fn start(dimensions: usize, tools: usize) -> DMatrix<f32> {
    let mut state = 0_u64;
    DMatrix::from_fn(dimensions, tools, |_, _| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed >> 40) as f32 / (1_u32 << 23) as f32 - 1.0
    })
}

fn column(matrix: &DMatrix<f32>, i: usize) -> &[f32] {
    let rows = matrix.nrows();
    &matrix.as_slice()[i * rows..(i + 1) * rows]
}

fn column_mut(matrix: &mut DMatrix<f32>, i: usize) -> &mut [f32] {
    let rows = matrix.nrows();
    &mut matrix.as_mut_slice()[i * rows..(i + 1) * rows]
}

fn add(to: &mut [f32], from: &[f32], weight: f32) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from * weight;
    }
}

/// Brings a point to length one; false where it has none.
fn normalise(point: &mut [f32]) -> bool {
    let length = point.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 1e-6 {
        for x in point {
            *x /= length;
        }
        return true;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tools in two camps of words: 0 to 9, which never stand beside 10 to 19. No
    /// tool has both of the words 0 and 5.
    fn camps() -> Space {
        let mut rows = Rows::default();
        for tool in 0..40_u32 {
            let first = if tool % 2 == 0 { 0 } else { 10 };
            let words = (0..4).map(|i| (first + (tool / 2 + i) % 10, 1.0));
            rows.push(words.collect());
        }
        Space::new(&rows, 20).unwrap()
    }

    fn near(space: &Space, point: &Point, tool: usize) -> f32 {
        space.tools[tool].near(point)
    }

    #[test]
    fn words_are_near_the_tools_whose_company_they_keep() {
        let space = camps();
        let point = space.point([(0, 1.0)].into_iter()).unwrap();
        let mean = |camp: usize| -> f32 {
            let tools = (0..40).filter(|tool| tool % 2 == camp);
            tools.map(|tool| near(&space, &point, tool)).sum::<f32>() / 20.0
        };
        assert!(mean(0) > 0.1, "{}", mean(0));
        assert!(mean(1).abs() < 0.01, "{}", mean(1));
    }

    #[test]
    fn the_same_tools_give_the_same_space() {
        assert_eq!(camps().words, camps().words);
    }

    #[test]
    fn tools_without_words_and_too_few_tools_are_no_trouble() {
        let mut rows = Rows::default();
        assert!(Space::new(&rows, 0).is_none());
        for _ in 0..40 {
            rows.push(Vec::new());
        }
        let space = Space::new(&rows, 3).unwrap();
        assert!(space.point([(1, 1.0)].into_iter()).is_none());
        assert!(near(&space, &Point([1; RANK]), 39).abs() < f32::EPSILON);
    }
}
