"""Cells that mean harm: whatever shows one must show it as text."""

PAYLOADS = [
    "<script>window.harm = 1; alert(1)</script>",
    '<img src=x onerror="window.harm = 2">',
    "<svg onload=window.harm=3></svg>",
    '<a href="javascript:window.harm=4">press</a>',
    "[press](javascript:window.harm=5)",
    "![dot](https://evil.example/dot.png)",
    '<iframe src="https://evil.example"></iframe>',
    "<style>h1 {display: none}</style>",
    ":red[red] :material/delete: :small[tiny] :smile:",
    "$x^2$ $$\\frac{a}{b}$$ \\(y\\)",
    "**bold** _slanted_ ~~gone~~ `code` # head",
    "%{customdata} %{x} {{7*7}} ${7*7} {0} %s",
    "&lt;b&gt; &#60;script&#62; &nbsp;",
    "www.evil.example WWW.evil.example https://evil.example/ HTTP://evil.example mail@evil.example",
    "a -> b <- c <-> d -- e --- f >= g <= h ~= i :streamlit: :material_delete: :+1: 10:30:15",
    'x =HYPERLINK("https://evil.example")',
]
ALL = "Harm " + " ".join(PAYLOADS)
SHORT = "Harm <b onclick=alert(1)>x</b> [y](javascript:alert(1)) :red[z] $q$ %{x}"
LONG = "W" * 1_900
